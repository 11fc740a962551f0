from unittest.mock import patch
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import actions, queries
from hakapa.labs.actions import taking_part
from hakapa.labs.models import Choice, Contribution, Kind
from hakapa.labs.tests.factories import ContributionFactory, ParticipantFactory

A_LINE = actions.Words("Sanda där de äldre går")


def test_a_seat_has_a_secret_of_its_own(running):
    first, second = actions.join(running), actions.join(running, perspective="resident", table=2)

    assert first.token != second.token
    assert (second.perspective, second.table) == ("resident", 2)


def test_a_published_lab_takes_those_who_come_early(published):
    assert actions.join(published).lab == published


@pytest.mark.parametrize("too_soon_or_late", ["planned", "closed"])
def test_nobody_joins_a_lab_that_is_not_open(request, too_soon_or_late):
    with pytest.raises(TooLateError):
        actions.join(request.getfixturevalue(too_soon_or_late))


def test_what_is_written_remembers_phase_and_table(running, seat):
    note = actions.contribute(running, A_LINE, participant=seat)

    assert (str(note.phase), note.table, note.is_statement) == ("Utmaningen på fem", 3, True)


def test_a_question_is_for_answering_not_for_weighing(running, seat):
    words = actions.Words("Vem äger siffrorna?", kind=Kind.QUESTION)

    assert not actions.contribute(running, words, participant=seat).is_statement


def test_the_same_key_twice_adds_nothing(running, seat):
    key = uuid4()
    first = actions.contribute(running, A_LINE, participant=seat, key=key)
    again = actions.contribute(running, A_LINE, participant=seat, key=key)

    assert first == again
    assert Contribution.objects.count() == 1


def test_a_retry_after_closing_still_says_saved(running, seat, leader):
    key = uuid4()
    first = actions.contribute(running, A_LINE, participant=seat, key=key)
    actions.close(running, by=leader, why="Brandlarm")

    assert actions.contribute(running, A_LINE, participant=seat, key=key) == first


def test_a_retry_that_crosses_the_first_on_its_way_adds_nothing(running, seat):
    key = uuid4()
    first = actions.contribute(running, A_LINE, participant=seat, key=key)

    with patch.object(taking_part, "_sent_before", side_effect=[None, first]):
        assert actions.contribute(running, A_LINE, participant=seat, key=key) == first


def test_somebody_elses_key_is_refused(running, seat):
    key = uuid4()
    actions.contribute(running, A_LINE, participant=seat, key=key)

    with pytest.raises(PermissionDenied):
        actions.contribute(running, A_LINE, participant=actions.join(running), key=key)


def test_a_lab_leader_types_in_paper_notes(running, leader):
    note = actions.contribute(running, A_LINE, by=leader)

    assert (note.author, note.participant, note.table) == (leader, None, None)


def test_strangers_write_nothing(running, outsider):
    elsewhere = ParticipantFactory.create()

    with pytest.raises(PermissionDenied):
        actions.contribute(running, A_LINE, by=outsider)
    with pytest.raises(PermissionDenied):
        actions.contribute(running, A_LINE, participant=elsewhere)
    with pytest.raises(PermissionDenied):
        actions.contribute(running, A_LINE)


@pytest.mark.parametrize("text", ["", "x" * 1001])
def test_nothing_and_too_much_are_refused(running, seat, text):
    with pytest.raises(ValidationError):
        actions.contribute(running, actions.Words(text), participant=seat)


def test_a_closed_lab_takes_no_more(running, seat, leader):
    statement = actions.contribute(running, A_LINE, participant=seat)
    actions.close(running, by=leader, why="Brandlarm")

    with pytest.raises(TooLateError):
        actions.contribute(running, A_LINE, participant=seat)
    with pytest.raises(TooLateError):
        actions.vote(statement, participant=seat, value=1)
    with pytest.raises(TooLateError):
        actions.take_back(statement, participant=seat)


def test_the_writer_takes_back_what_nobody_has_answered(running, seat):
    note = actions.contribute(running, A_LINE, participant=seat)
    actions.vote(note, participant=seat, value=Choice.AGREE)

    actions.take_back(note, participant=seat)

    assert not Contribution.objects.exists()


def test_what_others_have_answered_stays(running, seat):
    note = actions.contribute(running, A_LINE, participant=seat)
    actions.vote(note, participant=actions.join(running), value=Choice.AGREE)

    with pytest.raises(TooLateError):
        actions.take_back(note, participant=seat)


def test_what_has_grown_into_something_else_stays(running, seat):
    note = actions.contribute(running, A_LINE, participant=seat)

    with (
        patch.object(Contribution, "delete", side_effect=ProtectedError("", set())),
        pytest.raises(TooLateError),
    ):
        actions.take_back(note, participant=seat)


def test_nobody_takes_back_what_another_wrote(running, seat):
    note = actions.contribute(running, A_LINE, participant=seat)

    with pytest.raises(PermissionDenied):
        actions.take_back(note, participant=actions.join(running))


def test_the_database_refuses_to_hide_without_a_reason(running, seat):
    note = ContributionFactory.create(lab=running)
    note.hidden_at = note.created

    with pytest.raises(IntegrityError), transaction.atomic():
        note.save()


def test_what_is_hidden_has_a_reason_and_can_be_shown_again(running, leader):
    note = ContributionFactory.create(lab=running)

    with pytest.raises(ValidationError):
        actions.hide(note, by=leader, why="")
    actions.hide(note, by=leader, why="Pekar ut en person")
    note.refresh_from_db()
    assert note.hidden_at
    actions.unhide(note, by=leader)
    note.refresh_from_db()
    assert note in queries.contributions_visible_to(leader)
    assert not note.hidden_why


def test_hiding_is_for_those_who_lead(running, outsider):
    with pytest.raises(PermissionDenied):
        actions.hide(ContributionFactory.create(lab=running), by=outsider, why="Namn")
