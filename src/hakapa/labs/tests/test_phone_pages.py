from uuid import uuid4

import pytest

from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.kernel.tests.pages import address, main_of, words_of
from hakapa.labs import actions
from hakapa.labs.models import Contribution, Participant, Vote
from hakapa.labs.tests.factories import ContributionFactory

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
    assert 'value="proposal" required id="id_kind_2" checked' in page.content.decode()
    assert "15 min left" in words_of(page)


def test_what_is_sent_is_saved_once_and_seen(phone, me, running, challenge):
    words = {"text": "Sanda mer", "kind": "proposal", "key": uuid4()}
    for _ in range(2):
        assert phone.post(url("write", running), words).url == url("write", running)

    note = Contribution.objects.get()
    assert (note.participant, note.challenge, note.language) == (me, challenge, "en")
    page = main_of(phone.get(url("write", running)))
    assert "1 saved" in page
    assert "Sanda mer" in page


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
    assert 'value="obstacle" required id="id_kind_3" checked' in page.content.decode()


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


def test_one_statement_at_a_time_until_all_are_answered(phone, running):
    first, second = ContributionFactory.create_batch(2, lab=running)
    assert f"0 of 2 {first.text}" in main_of(phone.get(url("vote", running)))

    phone.post(url("vote", running), {"statement": first.pk, "value": "1"})
    page = phone.get(url("vote", running))
    assert f"1 of 2 {second.text}" in main_of(page)
    assert "Saved" in words_of(page)
    phone.post(url("vote", running), {"statement": second.pk, "value": "0"})
    assert "You have answered everything so far" in main_of(phone.get(url("vote", running)))


def test_undo_shows_the_given_answer_and_changes_it(phone, running):
    statement = ContributionFactory.create(lab=running, table=4)
    phone.post(url("vote", running), {"statement": statement.pk, "value": "-1"})
    again = f"{url('vote', running)}?om={statement.pk}"
    assert again in phone.get(url("vote", running)).content.decode()

    page = phone.get(again)
    assert "You answered: disagree" in main_of(page)
    assert 'value="-1" aria-pressed="true"' in page.content.decode()
    phone.post(url("vote", running), {"statement": statement.pk, "value": "1"})
    assert [vote.value for vote in Vote.objects.all()] == [1]


def test_with_nothing_to_answer_the_phone_says_so(phone, running):
    assert "Nobody has written anything" in main_of(phone.get(url("vote", running)))


@pytest.mark.parametrize("sent", [{}, {"statement": "x", "value": "1"}])
def test_an_answer_that_makes_no_sense_changes_nothing(phone, running, sent):
    ContributionFactory.create(lab=running)

    assert phone.post(url("vote", running), sent).status_code == 200
    assert not Vote.objects.exists()


def test_a_statement_of_another_lab_is_not_found(phone, running):
    elsewhere = ContributionFactory.create()
    response = phone.post(url("vote", running), {"statement": elsewhere.pk, "value": "1"})

    assert response.status_code == 404


def test_an_answer_that_does_not_exist_is_refused(phone, running):
    statement = ContributionFactory.create(lab=running)
    page = phone.post(url("vote", running), {"statement": statement.pk, "value": "7"})

    assert page.status_code == 200
    assert not Vote.objects.exists()


def test_a_statement_hidden_in_between_is_too_late(phone, running, leader):
    statement = ContributionFactory.create(lab=running)
    actions.hide(statement, by=leader, why="Namn")

    response = phone.post(url("vote", running), {"statement": statement.pk, "value": "1"})
    assert response.status_code == 409
