from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import actions, queries
from hakapa.labs.models import Kind
from hakapa.labs.tests.factories import ContributionFactory, ParticipantFactory
from hakapa.live.models import Announcement
from hakapa.process.models import Event

pytestmark = pytest.mark.usefixtures("english")

WORDS = actions.Words("Dela först", Kind.PROPOSAL)


@pytest.fixture
def note(running):
    return ContributionFactory.create(lab=running, is_waiting=True)


@pytest.fixture
def notes(running):
    return ContributionFactory.create_batch(3, lab=running)


def merged(lab, notes, by, key=None):
    chosen = [note.pk for note in notes]
    return actions.merge(lab, WORDS, sources=chosen, by=by, key=key or uuid4())


def announced():
    return list(Announcement.objects.order_by("number").values_list("item", flat=True))


def test_what_waits_is_seen_when_it_is_approved(running, note, leader):
    assert list(queries.waiting(running)) == [note]
    assert not queries.shown(running).exists()

    actions.approve(note, by=leader)
    assert list(queries.shown(running)) == [note]
    actions.hold_back(note, by=leader)
    assert list(queries.waiting(running)) == [note]


def test_what_waited_and_was_hidden_waits_again_when_it_is_unhidden(running, note, leader):
    actions.hide(note, by=leader, why="Namn")
    assert not queries.waiting(running).exists()
    assert list(queries.looked_at(running)) == [note]

    actions.unhide(note, by=leader)
    assert list(queries.waiting(running)) == [note]


def test_what_is_promoted_comes_first_on_the_wall(running, notes, leader):
    actions.promote(notes[0], by=leader)
    assert list(queries.on_the_wall(running, 2)) == [notes[0], notes[2]]

    actions.demote(notes[0], by=leader)
    assert list(queries.on_the_wall(running, 2)) == [notes[2], notes[1]]


def test_the_same_press_twice_is_told_once(notes, leader):
    before = len(announced())
    for _twice in range(2):
        actions.promote(notes[0], by=leader)
    for _twice in range(2):
        actions.hide(notes[1], by=leader, why="Namn")

    assert announced()[before:] == [notes[0].pk, notes[1].pk]


def test_a_second_reason_replaces_the_first(notes, leader):
    actions.hide(notes[0], by=leader, why="Namn")

    assert actions.hide(notes[0], by=leader, why="Adress").hidden_why == "Adress"


def test_moderating_is_for_those_who_lead(note, outsider):
    with pytest.raises(PermissionDenied):
        actions.approve(note, by=outsider)


def test_merging_keeps_the_sources_and_their_votes(running, notes, leader):
    voter = ParticipantFactory.create(lab=running)
    actions.vote(notes[0], participant=voter, value=1)

    whole = merged(running, notes[:2], leader)

    assert whole.text == "Dela först"
    assert whole.challenge == notes[0].challenge
    assert (whole.author, whole.is_statement, whole.votes.count()) == (leader, True, 0)
    assert set(whole.merged.all()) == set(notes[:2])
    assert notes[0].votes.count() == 1
    assert set(queries.shown(running)) == {whole, notes[2]}
    assert set(announced()[-3:]) == {notes[0].pk, notes[1].pk, whole.pk}


def test_the_same_merger_sent_twice_is_one(running, notes, leader):
    key = uuid4()

    assert merged(running, notes, leader, key) == merged(running, notes, leader, key)
    assert Event.objects.filter(move="merge_notes").count() == 1


def test_one_alone_or_what_is_no_longer_shown_is_not_merged(running, notes, leader):
    with pytest.raises(ValidationError, match="at least two"):
        merged(running, notes[:1], leader)

    actions.hide(notes[0], by=leader, why="Namn")
    with pytest.raises(ValidationError, match="still shown"):
        merged(running, notes, leader)
    assert merged(running, notes[1:], leader)
    with pytest.raises(ValidationError, match="not merged already"):
        merged(running, notes[1:], leader)


def test_a_merger_that_is_undone_frees_the_sources_and_hides_the_words(running, notes, leader):
    whole = merged(running, notes, leader)
    actions.unmerge(whole, by=leader)

    whole.refresh_from_db()
    assert whole.hidden_why == "The merger was undone."
    assert set(queries.shown(running)) == set(notes)
    before = len(announced())
    actions.unmerge(whole, by=leader)
    assert len(announced()) == before


def test_nothing_is_merged_in_a_lab_that_is_over(running, notes, leader):
    whole = merged(running, notes, leader)
    actions.close(running, by=leader, why="Brandlarm")

    with pytest.raises(TooLateError):
        actions.unmerge(whole, by=leader)
    with pytest.raises(TooLateError):
        merged(running, notes, leader)


def test_the_notes_of_tables_are_those_of_their_note_takers(running, notes):
    taker = ParticipantFactory.create(lab=running, table=2, takes_notes=True)
    of_table = ContributionFactory.create(lab=running, participant=taker, table=2)

    assert list(queries.notes_of_tables(running)) == [of_table]
