import pytest
from django.utils import timezone

from hakapa.accounts import actions as accounts
from hakapa.accounts import queries as people
from hakapa.accounts.tests.factories import UserFactory
from hakapa.kernel.tests.pages import address, main_of
from hakapa.notices import actions, emails, queries
from hakapa.notices.kinds import USUAL, Chosen, Kind, Pace
from hakapa.notices.models import Follow, Mail, Notice, Preference, Reader
from hakapa.process.moving import record

pytestmark = pytest.mark.django_db


def choice(**changes):
    sent = {f"mail_{kind}": pace for kind, pace in USUAL.items()}
    sent |= {f"bell_{kind}": "on" for kind in Kind}
    return {**sent, "weekday": 5, "language": "en", **changes}


def test_what_is_chosen_is_kept(client, reader):
    client.force_login(reader)
    here = address("notices:choose")
    assert client.post(here, choice(mail_lab="off", bell_lab=""))["Location"] == here

    who = Reader.objects.get(account=reader)
    assert (who.weekday, who.language) == (5, "en")
    chosen = queries.preferences_of(who)
    assert chosen[Kind.LAB] == Chosen(Pace.OFF, bell=False)
    assert chosen[Kind.PROMISE] == Chosen(Pace.WEEKLY, bell=True)
    assert 'value="off" selected' in client.get(here).text


@pytest.mark.parametrize(("name", "value"), [("mail_lab", "hourly"), ("weekday", 8)])
def test_what_cannot_be_chosen_is_refused(client, reader, name, value):
    client.force_login(reader)
    answer = client.post(address("notices:choose"), choice(**{name: value}))

    assert "One thing needs another look" in main_of(answer)
    assert not Preference.objects.exists()


def test_an_address_without_an_account_chooses_by_its_link(client, db):
    who = Reader.objects.create(email="a@example.org", confirmed_at=timezone.now())
    here = address("notices:choose_by_mail", emails.token("reader", who.pk))
    page = main_of(client.get(here))
    assert "By mail" in page
    assert "Show in the bell" not in page
    assert "My dates" not in page
    client.post(here, choice(mail_promise="daily"))

    assert queries.preferences_of(who)[Kind.PROMISE].mail == Pace.DAILY


def test_following_ends_from_the_list_and_only_ones_own(client, reader, proposal, follows):
    mine = follows(reader, proposal)
    others = follows(UserFactory.create(), proposal)
    client.force_login(reader)
    assert proposal.title in main_of(client.get(address("notices:choose")))
    assert client.post(address("notices:unfollow", others.pk)).status_code == 404
    client.post(address("notices:unfollow", mine.pk))

    assert list(Follow.objects.all()) == [others]


def test_what_is_followed_and_no_longer_public_has_no_name(client, reader, lab, follows):
    follows(reader, lab)
    type(lab).objects.update(state="planned")
    client.force_login(reader)
    page = main_of(client.get(address("notices:choose")))

    assert "Something that is not public" in page
    assert lab.title not in page


def test_who_says_that_the_address_works_again_gets_mail_again(client, reader):
    who = actions.reader_of(reader)
    Reader.objects.update(failing_since=timezone.now(), refusals=3)
    client.force_login(reader)
    assert "came back" in main_of(client.get(address("notices:choose")))
    client.post(address("notices:receive_again"))

    who.refresh_from_db()
    assert (who.failing_since, who.refusals) == (None, 0)


@pytest.fixture
def known(client, reader, proposal, follows, heard):
    """Somebody of whom notices keep everything they can keep."""
    follows(reader, proposal)
    record(proposal, "merge", by=None)
    heard()
    Notice.objects.update(pace=Pace.AT_ONCE)
    actions.build_at_once(timezone.now())
    actions.open_calendar(by=reader)
    Preference.objects.create(reader=reader.reader, kind=Kind.LAB, mail=Pace.OFF)
    Reader.objects.create(email=reader.email)
    return reader


def test_somebody_is_shown_all_that_is_kept_about_them(known, proposal):
    told = people.all_about(known)["notices"]

    assert [row["title"] for row in told["follows"]] == [proposal.title]
    assert told["preferences"][Kind.LAB] == Pace.OFF
    assert (told["notices"], told["has_calendar"]) == (1, True)
    assert people.all_about(UserFactory.create())["notices"] == {}


def test_nothing_is_left_of_somebody_who_leaves(known):
    accounts.erase(known)

    for model in (Reader, Follow, Notice, Mail, Preference):
        assert not model.objects.exists()
