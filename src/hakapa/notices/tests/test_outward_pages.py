from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from icalendar import Calendar

from hakapa.accounts.models import User
from hakapa.accounts.tests.factories import (
    OrganisationFactory,
    UserFactory,
    administrator_of,
    member_of,
)
from hakapa.kernel.tests.pages import address, main_of
from hakapa.labs.models import Lab
from hakapa.notices import actions, outside
from hakapa.notices.models import CalendarAddress, Delivery, Webhook

pytestmark = pytest.mark.django_db
URL = "https://system.example.org/hakapa"


@pytest.fixture
def home():
    return OrganisationFactory.create(name="Hemkommun")


@pytest.fixture
def boss(home, client):
    person = administrator_of(home)
    client.force_login(person)
    return person


@pytest.fixture
def hook(home):
    return Webhook.objects.create(organisation=home, url=URL)


@pytest.fixture(autouse=True)
def everything_is_outside(monkeypatch):
    monkeypatch.setattr(outside, "checked", lambda _url: None)


def test_an_administrator_adds_tries_and_removes_a_webhook(home, boss, client):
    here = address("notices:outward", home.pk)
    assert "None yet" in main_of(client.get(here))
    added = client.post(here, {"url": URL})["Location"]
    assert "Nothing yet" in main_of(client.get(added))
    hook = Webhook.objects.get()
    client.post(address("notices:probe", hook.pk))
    assert "a trial" in main_of(client.get(added))
    assert hook.secret in client.get(added).text
    assert URL in main_of(client.get(here))
    client.post(address("notices:drop", hook.pk))

    assert not Webhook.objects.exists()


def test_a_webhook_that_was_turned_off_is_turned_on_again(home, boss, client, hook):
    Webhook.objects.update(disabled_at=timezone.now(), failures=9)
    assert "It is turned off" in main_of(client.get(address("notices:webhook", hook.pk)))
    client.post(address("notices:enable", hook.pk))

    hook.refresh_from_db()
    assert (hook.disabled_at, hook.failures) == (None, 0)


def test_the_log_says_how_each_try_stands(home, boss, client, hook):
    now = timezone.now()
    for fields in (
        {"settled_at": now, "is_delivered": True, "answer": "HTTP 204", "tries": 1},
        {"settled_at": now, "answer": "HTTP 500", "tries": 10},
        {"tries": 2, "send_at": now},
        {},
    ):
        Delivery.objects.create(webhook=hook, **fields)
    page = main_of(client.get(address("notices:webhook", hook.pk)))

    for words in ("HTTP 204 delivered", "HTTP 500 not delivered", "next try", "on its way"):
        assert words in page


def test_the_same_address_is_added_once(home, boss, client, hook):
    answer = client.post(address("notices:outward", home.pk), {"url": URL})

    assert "That address is told already" in main_of(answer)


def test_an_address_that_is_not_outside_is_refused(home, boss, client, monkeypatch):
    def refuse(_url):
        raise outside.NotOutsideError

    monkeypatch.setattr(outside, "checked", refuse)
    answers = [
        client.post(address("notices:outward", home.pk), {"url": url})
        for url in ("https://localhost/", "no address")
    ]

    assert "That address cannot be used" in main_of(answers[0])
    assert "One thing needs another look" in main_of(answers[1])
    assert not Webhook.objects.exists()


def test_a_member_sees_that_there_are_webhooks_and_no_more(home, client, hook):
    client.force_login(member_of(home))
    page = main_of(client.get(address("notices:outward", home.pk)))
    assert "A webhook" in page
    assert URL not in page
    client.post(address("notices:outward", home.pk), {"url": "https://other.example.org/"})

    assert Webhook.objects.count() == 1


@pytest.mark.parametrize("name", ["webhook", "probe", "enable", "drop"])
def test_a_webhook_is_its_administrators_alone(home, client, hook, name):
    for person in (member_of(home), administrator_of(OrganisationFactory.create())):
        client.force_login(person)
        send = client.get if name == "webhook" else client.post
        assert send(address(f"notices:{name}", hook.pk)).status_code == 404
    assert Webhook.objects.exists()


def test_somebody_from_elsewhere_sees_nothing_of_it(home, client):
    client.force_login(administrator_of(OrganisationFactory.create()))

    assert client.get(address("notices:outward", home.pk)).status_code == 403
    assert client.post(address("notices:calendar_of", home.pk)).status_code == 403


def test_a_member_changes_nothing(home, hook):
    by = member_of(home)
    for refused in (
        lambda: actions.add_webhook(home, by=by, url="https://a.example.org/"),
        lambda: actions.drop_webhook(hook, by=by),
        lambda: actions.enable_webhook(hook, by=by),
        lambda: actions.probe_webhook(hook, by=by),
        lambda: actions.open_calendar(by=by, organisation=home),
        lambda: actions.revoke_calendar(by=by, organisation=home),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_who_runs_the_site_manages_it_for_them(home, client):
    client.force_login(UserFactory.create(is_staff=True))
    client.post(address("notices:outward", home.pk), {"url": URL})

    assert Webhook.objects.get().organisation == home


def events(client, calendar):
    answer = client.get(address("notices:calendar", calendar.secret, language="sv"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(e["summary"]): e for e in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_a_persons_calendar_has_what_their_organisations_owe_and_their_labs(
    client, promise, officer, lab
):
    due = promise().due
    starts = datetime(2026, 12, 1, 9, tzinfo=UTC)
    Lab.objects.update(starts_at=starts, place="Visby")
    client.force_login(officer)
    client.post(address("notices:my_calendar"))
    calendar = CalendarAddress.objects.get(account=officer)
    assert calendar.secret in client.get(address("notices:choose")).text
    client.logout()
    dates = events(client, calendar)

    assert dates["Rapport: Visa halvfärdigt"]["dtstart"].dt == due
    held = dates[f"Labb: {lab.title}"]
    assert (held["dtstart"].dt, held["location"]) == (starts, "Visby")
    assert held["dtend"].dt == starts + timedelta(minutes=45)


def test_a_new_address_ends_the_old_and_turning_off_ends_both(client, reader):
    client.force_login(reader)
    addresses = []
    for _ in range(2):
        client.post(address("notices:my_calendar"))
        addresses.append(CalendarAddress.objects.get().get_absolute_url())
    assert [client.get(a).status_code for a in addresses] == [404, 200]
    client.post(address("notices:my_calendar"), {"revoke": ""})

    assert [client.get(a).status_code for a in addresses] == [404, 404]


def test_a_closed_accounts_calendar_leads_nowhere(client, reader):
    calendar = actions.open_calendar(by=reader)
    User.objects.update(is_active=False)

    assert client.get(calendar.get_absolute_url()).status_code == 404


def test_an_organisations_calendar_is_public_and_its_administrators_change_it(client, promise, lab):
    commitment = promise()
    boss = administrator_of(commitment.receiver)
    client.force_login(boss)
    where = address("notices:calendar_of", commitment.receiver_id)
    client.post(where)
    calendar = CalendarAddress.objects.get(organisation=commitment.receiver)
    assert calendar.secret in client.get(address("notices:outward", commitment.receiver_id)).text
    Lab.objects.update(open_until=timezone.now() + timedelta(days=3), template="")
    assert len(events(client, calendar)) == 2
    Lab.objects.update(open_until=None, state="cancelled", announced_at=timezone.now())
    (held,) = [e for name, e in events(client, calendar).items() if name.startswith("Labb")]
    assert held["status"] == "CANCELLED"
    client.post(where, {"revoke": ""})

    assert not CalendarAddress.objects.exists()


def test_a_frame_may_stand_anywhere_and_can_do_nothing(client, promise):
    commitment = promise()
    client.force_login(member_of(commitment.receiver))
    client.cookies.clear()
    answer = client.get(address("notices:embedded"), {"receiver": commitment.receiver_id})
    policy = answer["Content-Security-Policy"]

    assert commitment.proposal.title in answer.text
    assert "frame-ancestors *" in policy
    assert "script-src 'none'" in policy
    assert "form-action 'none'" in policy
    assert "X-Frame-Options" not in answer.headers
    assert not answer.cookies
    assert "<script" not in answer.text


def test_a_frame_is_narrowed_and_an_empty_one_says_so(client, promise):
    commitment = promise()
    for name, pk in (("receiver", 0), ("challenge", 0), ("lab", 0), ("proposal", 0)):
        shown = client.get(address("notices:embedded"), {name: pk or 10**9}).text
        assert commitment.proposal.title not in shown
        assert "No promises yet" in shown
    odd = client.get(address("notices:embedded"), {"receiver": "x" * 99})
    assert commitment.proposal.title in odd.text


def test_every_other_page_may_stand_in_no_frame(client, promise):
    answer = client.get(promise().get_absolute_url())

    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
