import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.kernel.tests.pages import address, main_of, words_of
from hakapa.labs import actions
from hakapa.labs.models import Contribution, Participant, Room
from hakapa.labs.tests.desks import shown_on
from hakapa.labs.tests.factories import ContributionFactory

JSON = {"headers": {"Accept": "application/json"}}

pytestmark = pytest.mark.django_db


def url(name, lab, *more):
    return address(f"labs:{name}", lab.join_code, *more)


@pytest.fixture
def phone(client, running):
    """A phone with a seat."""
    client.post(url("enter", running), {"perspective": "resident", "table": "3"})
    return client


@pytest.fixture
def me(phone):
    return Participant.objects.get()


def test_in_a_voting_phase_one_enters_to_vote(client, running, leader):
    for position in range(1, 4):
        actions.step(running, by=leader, leave=position)

    assert client.post(url("enter", running), {}).url == url("vote", running)
    assert client.get(url("enter", running)).url == url("vote", running)


def test_the_phone_asks_what_the_phase_asks_and_suggests_its_kind(phone, running, leader):
    for position in range(1, 3):
        actions.step(running, by=leader, leave=position)
    page = phone.get(url("write", running))

    assert "cheapest to try" in main_of(page)
    assert re.search(r'value="proposal"[^>]*checked', page.text)
    assert re.search(r'<fieldset class="field kinds" hidden', page.text)  # nothing to choose
    assert "Time left 14:59" in words_of(page)


def test_what_is_sent_is_saved_once_and_seen(phone, me, running, challenge):
    words = {"text": "Sanda mer", "kind": "proposal", "key": uuid4()}
    for _ in range(2):
        assert phone.post(url("write", running), words).url == url("write", running)

    note = Contribution.objects.get()
    assert (note.participant, note.challenge, note.language) == (me, challenge, "en")
    page = phone.get(url("write", running))
    assert "Sanda mer" in shown_on(page)
    assert 'role="status"' in page.text
    assert "Saved" in words_of(page)


def test_with_several_challenges_the_writer_chooses(phone, running):
    second = ChallengeFactory.create()
    running.challenges.add(second)
    words = {"text": "Sanda mer", "kind": "insight", "key": uuid4()}
    assert "another look" in main_of(phone.post(url("write", running), words))

    phone.post(url("write", running), {**words, "challenge": second.pk})
    assert Contribution.objects.get().challenge == second


def test_a_lab_without_challenges_takes_notes_too(phone, running):
    running.challenges.clear()
    phone.post(url("write", running), {"text": "Sanda", "kind": "insight", "key": uuid4()})

    assert Contribution.objects.get().challenge is None


def test_an_empty_note_is_refused_with_the_rest_kept(phone, running):
    page = phone.post(url("write", running), {"text": "", "kind": "obstacle", "key": uuid4()})

    assert "Nothing you wrote is lost" in main_of(page)
    assert re.search(r'value="obstacle"[^>]*checked', page.text)


def test_the_writer_takes_back_but_only_their_own(phone, me, running):
    mine = ContributionFactory.create(lab=running, participant=me)
    other = ContributionFactory.create(lab=running)

    assert phone.post(url("take_back", running, other.pk)).status_code == 404
    assert phone.post(url("take_back", running, mine.pk)).url == url("write", running)
    assert list(Contribution.objects.all()) == [other]


def test_a_note_others_have_answered_stays(phone, me, running):
    mine = ContributionFactory.create(lab=running, participant=me)
    actions.vote(mine, participant=actions.join(running), value=1)

    assert phone.post(url("take_back", running, mine.pk)).status_code == 409


def test_a_script_is_told_what_was_saved_with_the_notes_as_they_stand(phone, me, running):
    words = {"text": "Sanda mer", "kind": "proposal", "key": uuid4()}
    told = [phone.post(url("write", running), words, **JSON).json() for _ in range(2)]

    note = Contribution.objects.get()
    assert told[0]["saved"] == {"id": note.pk, "text": "Sanda mer", "kind": "proposal"}
    assert "Sanda mer" in told[0]["notes"]
    assert told[1]["saved"] == told[0]["saved"]


def test_a_script_is_told_what_is_wrong(phone, running):
    words = {"text": "", "kind": "proposal", "key": uuid4()}
    answer = phone.post(url("write", running), words, **JSON)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["text"])


def test_a_script_that_comes_late_is_told_so_but_not_of_what_was_saved(phone, running, leader):
    sent = {"text": "I tid", "kind": "proposal", "key": uuid4()}
    phone.post(url("write", running), sent, **JSON)
    actions.close(running, by=leader, why="Brandlarm")

    assert phone.post(url("write", running), sent, **JSON).json()["saved"]["text"] == "I tid"
    late = phone.post(url("write", running), {**sent, "key": uuid4()}, **JSON)
    assert (late.status_code, list(late.json()["errors"])) == (409, ["text"])


def test_a_script_without_a_seat_is_told_so(client, running):
    sent = {"text": "Ingen plats", "kind": "proposal", "key": uuid4()}

    assert client.post(url("write", running), sent, **JSON).status_code == 403


def test_when_the_room_listens_the_phone_says_look_up(phone, running, leader):
    page = phone.get(url("now", running))
    assert "Look up: this happens in the room." in shown_on(page)
    assert "data-stream" in page.text

    actions.step(running, by=leader, leave=1)
    assert phone.get(url("now", running)).url == url("write", running)


def test_who_still_writes_when_the_room_has_gone_on_may_finish(phone, running, leader):
    began = running.phases.get(key="silent")
    words = {"text": "Sanda", "kind": "insight", "key": uuid4(), "phase": began.pk}
    for position in range(1, 4):
        actions.step(running, by=leader, leave=position)

    assert "The room has gone on" in main_of(phone.get(url("write", running)))
    assert "Write three things" in main_of(phone.post(url("write", running), {**words, "text": ""}))
    phone.post(url("write", running), words)
    assert Contribution.objects.get().phase == began


def test_a_note_taker_writes_for_the_table_and_reads_its_notes(client, running, leader):
    actions.step(running, by=leader, leave=1)
    ContributionFactory.create(
        lab=running, text="Från grannen", table=3, participant=actions.join(running, table=3)
    )
    client.post(url("enter", running), {"table": "3", "takes_notes": "on"})
    page = shown_on(client.get(url("write", running)))

    assert "You take notes for table 3" in page
    assert "The table's notes Från grannen" in page
    assert "Take back" not in page  # what another wrote


def test_what_waits_for_the_lab_leader_says_so(phone, me, running):
    ContributionFactory.create(lab=running, participant=me, is_waiting=True)

    assert "shown when the lab leader has seen it" in shown_on(phone.get(url("write", running)))


@pytest.fixture
def when_it_suits(running):
    running.open_until = timezone.now() + timedelta(days=7)
    running.save()
    return running


def test_in_a_lab_without_meetings_every_question_stands_on_one_page(phone, when_it_suits):
    page = phone.get(url("questions", when_it_suits))
    assert "Answer when it suits you" in main_of(page)
    assert "Write three things" in main_of(page)
    assert "cheapest to try" in main_of(page)

    phase = when_it_suits.phases.get(key="table")
    words = {"text": "Sanda", "kind": "proposal", "key": uuid4(), "phase": phase.pk}
    questions = url("questions", when_it_suits)
    assert phone.post(url("write", when_it_suits), words).url == questions
    assert Contribution.objects.get().phase == phase
    assert f"{url('vote', when_it_suits)}?fas=" in page.text
    assert phone.get(url("enter", when_it_suits)).url == questions


def test_after_its_last_day_a_lab_says_thank_you(phone, when_it_suits):
    when_it_suits.open_until = timezone.now()
    when_it_suits.save()

    for name in ("enter", "write", "questions"):
        assert "Thank you!" in main_of(phone.get(url(name, when_it_suits)))
    assert phone.post(url("write", when_it_suits), {"text": "x"}).status_code == 409


def test_a_lab_with_meetings_has_no_page_of_all_questions(phone, running):
    assert phone.get(url("questions", running)).url == url("now", running)


def test_a_lab_without_meetings_asks_neither_table_nor_notes(client, when_it_suits):
    Room.objects.create(lab=when_it_suits, name="Kalmar")
    form = client.get(url("enter", when_it_suits)).context["form"]

    assert list(form.fields) == ["perspective", "room"]
