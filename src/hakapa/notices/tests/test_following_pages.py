import re
from datetime import timedelta

import pytest
from django.core import mail as post
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from hakapa.accounts.tests.factories import UserFactory
from hakapa.challenges.lifecycle import State
from hakapa.kernel.tests.pages import address, main_of, words_of
from hakapa.notices import actions, emails
from hakapa.notices.actions import following
from hakapa.notices.actions.sending import send_due
from hakapa.notices.kinds import Pace
from hakapa.notices.models import Asking, Follow, Mail, Notice, Reader
from hakapa.process.moving import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(proposal):
    return address("notices:follow", "forslag", proposal.pk)


def asked(client, here, email="new@example.org"):
    return client.post(here, {"email": email})


def link_in(mail, name):
    """Return the address in the mail's text that leads to such a page."""
    return re.search(rf"http://localhost:8000(/\S*/{name}/\S+)", mail.body)[1]


def confirmed(client, here, email="new@example.org"):
    asked(client, here, email)
    send_due()
    path = link_in(post.outbox[-1], "bekrafta")
    client.post(path)
    return path


def test_who_is_signed_in_follows_with_one_press_and_stops_with_another(
    client, reader, proposal, here
):
    client.force_login(reader)
    page = proposal.get_absolute_url()
    assert "Följ det här förslaget" in words_of(client.get(page))
    assert client.post(here)["Location"] == address("proposals:detail", proposal.pk)
    assert "Du följer det här förslaget. Sluta" in words_of(client.get(page))
    assert "Stop following" in main_of(client.get(here))
    client.post(here)

    assert not Follow.objects.exists()
    assert "Follow" in main_of(client.get(here))


@pytest.mark.parametrize("slug", ["utmaning", "labb", "forslag", "atagande", "organisation"])
def test_everything_that_can_be_followed_shows_it_on_its_page(client, commitment, officer, slug):
    things = {
        "utmaning": commitment.proposal.challenge,
        "labb": commitment.proposal.lab,
        "forslag": commitment.proposal,
        "atagande": commitment,
        "organisation": commitment.receiver,
    }
    client.force_login(officer)
    page = client.get(things[slug].get_absolute_url())

    assert f"/notiser/folj/{slug}/{things[slug].pk}/" in page.text


@pytest.mark.parametrize(("slug", "pk"), [("forslag", 0), ("finns-inte", 1), ("webhook", 1)])
def test_what_is_not_there_is_not_followed(client, slug, pk):
    assert client.get(address("notices:follow", slug, pk)).status_code == 404


def test_what_is_not_shared_is_not_followed_by_a_stranger(client, commitment):
    challenge = commitment.proposal.challenge
    type(challenge).objects.filter(pk=challenge.pk).update(state=State.DRAFT)

    assert client.get(address("notices:follow", "utmaning", challenge.pk)).status_code == 404


def test_an_address_follows_when_its_reader_says_so_and_not_before(client, here, heard, proposal):
    assert "A mail is on its way to new@example.org" in main_of(asked(client, here))
    send_due()
    path = link_in(post.outbox[0], "bekrafta")
    assert "List-Unsubscribe" not in post.outbox[0].extra_headers
    assert client.get(path).status_code == 200
    assert Follow.objects.get().confirmed_at is None

    assert "Nu följer du" in main_of(client.post(path)) or "You follow it" in main_of(
        client.post(path)
    )
    record(proposal, "merge", by=None)
    heard()
    Notice.objects.update(pace=Pace.AT_ONCE)
    actions.build_at_once(timezone.now())
    send_due()
    assert proposal.title in post.outbox[1].body
    assert post.outbox[1].to == ["new@example.org"]


def test_nobody_learns_whether_an_address_is_known(client, here):
    UserFactory.create(email="known@example.org")
    confirmed(client, here, "follows@example.org")
    answers = {
        main_of(asked(client, here, email)).replace(email, "")
        for email in ("known@example.org", "follows@example.org", "new@example.org")
    }

    assert len(answers) == 1


def test_an_address_is_asked_three_times_a_day_at_most(client, here):
    for _ in range(5):
        assert asked(client, here).status_code == 200

    assert Mail.objects.count() == following.MOST_TO_AN_ADDRESS


def test_one_place_asks_so_often_and_no_more(client, here, monkeypatch):
    monkeypatch.setattr(following, "MOST_FROM_AN_ORIGIN", 2)
    answers = [asked(client, here, f"a{n}@example.org").status_code for n in range(3)]

    assert answers == [200, 200, 429]
    assert Reader.objects.count() == 2


def test_what_is_no_address_is_refused_with_a_word(client, here):
    assert "One thing needs another look" in main_of(asked(client, here, "nobody"))
    assert not Reader.objects.exists()


def test_an_address_that_has_an_account_follows_with_it(client, here, reader):
    confirmed(client, here, reader.email)

    assert [f.reader.account for f in Follow.objects.all()] == [reader]
    assert not Reader.objects.exclude(email="").exists()


def test_an_address_that_gets_an_account_keeps_what_it_follows(client, here):
    confirmed(client, here)
    newcomer = UserFactory.create(email="new@example.org")
    client.force_login(newcomer)
    client.get(address("notices:choose"))

    assert [f.reader.account for f in Follow.objects.all()] == [newcomer]
    assert Reader.objects.get().address == "new@example.org"


@pytest.mark.parametrize("name", ["confirm", "stop", "choose_by_mail"])
def test_a_link_that_is_not_ours_leads_nowhere(client, name):
    other = {"confirm": "reader", "stop": "follow", "choose_by_mail": "follow"}[name]
    for signed in ("made-up", emails.token(other, 1)):
        assert client.get(address(f"notices:{name}", signed)).status_code == 404


def test_one_click_in_the_mail_program_forgets_the_address(client, here):
    confirmed(client, here)
    stop = address("notices:stop", emails.token("reader", Reader.objects.get().pk))
    assert client.get(stop).status_code == 200
    assert Reader.objects.exists()
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(stop, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert not Reader.objects.exists()
    assert strict.post(stop).status_code == 404


def test_one_click_turns_an_accounts_mail_off_and_leaves_the_bell(client, reader):
    who = actions.reader_of(reader)
    stop = address("notices:stop", emails.token("reader", who.pk))
    assert "Your account stays" in main_of(client.get(stop))
    client.post(stop)

    assert set(who.preferences.values_list("mail", "bell")) == {(Pace.OFF, True)}


def test_the_link_ends_one_thing_at_a_time_and_the_last_forgets_the_address(
    client, here, commitment
):
    confirmed(client, here)
    confirmed(client, address("notices:follow", "utmaning", commitment.proposal.challenge_id))
    who = Reader.objects.get()
    signed = emails.token("reader", who.pk)
    assert commitment.proposal.title in main_of(
        client.get(address("notices:choose_by_mail", signed))
    )
    first, last = who.follows.all()
    ending = [address("notices:unfollow_by_mail", signed, f.pk) for f in (first, last)]
    assert client.post(ending[0])["Location"] == address("notices:choose_by_mail", signed)

    assert "No more mail is sent" in main_of(client.post(ending[1]))
    assert not Reader.objects.exists()


def test_what_nobody_confirms_is_forgotten(client, here):
    asked(client, here)
    actions.forget_unconfirmed(timezone.now() + timedelta(days=2))
    assert Reader.objects.exists()
    assert not Asking.objects.exists()
    actions.forget_unconfirmed(timezone.now() + timedelta(days=8))

    assert not Reader.objects.exists()


def test_a_question_about_what_is_no_longer_public_is_not_asked(client, here, lab):
    asked(client, here)
    type(lab).objects.update(state="planned")
    send_due()

    assert post.outbox == []


def test_every_mail_can_be_looked_at_before(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    call_command("mail_preview")
    written = sorted(path.name for path in (tmp_path / "mail-preview").iterdir())

    assert len(written) == 6 * 2 * 2
    assert "digest.sv.html" in written
    for path in (tmp_path / "mail-preview").glob("*.html"):
        assert "class=" not in path.read_text()
    long = (tmp_path / "mail-preview" / "long-digest.en.txt").read_text()
    assert "and 15 more things" in long
