"""The database itself refuses what must never be, also past the actions."""

import pytest
from django.db import IntegrityError, transaction

from hakapa.commitments.lifecycle import PROMISED, State
from hakapa.commitments.models import Commitment, FollowUp, Outcome
from hakapa.commitments.tests.conftest import DUE
from hakapa.commitments.tests.factories import CommitmentFactory


def refused(do) -> str:
    """Return the name of the constraint by which the database refuses to do it."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        do()
    return str(refusal.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]


@pytest.fixture
def these(commitment):
    return Commitment.objects.filter(pk=commitment.pk)


@pytest.mark.parametrize("state", [*PROMISED, State.PARKED, State.KEPT])
def test_the_database_refuses_a_promise_without_a_date(these, state):
    assert (
        refused(lambda: these.update(state=state, next_step="Ring", answered_on=DUE, due=None))
        == "a_promise_has_a_date"
    )


@pytest.mark.parametrize("state", PROMISED)
def test_the_database_refuses_a_promise_without_a_next_step(these, state):
    assert (
        refused(lambda: these.update(state=state, next_step="", answered_on=DUE, due=DUE))
        == "a_promise_has_a_next_step"
    )


@pytest.mark.parametrize("state", [state for state in State if state != State.ASKED])
def test_the_database_refuses_an_answer_without_its_day(these, state):
    assert (
        refused(lambda: these.update(state=state, next_step="Ring", due=DUE))
        == "an_answer_has_a_day"
    )


def test_the_database_refuses_bulk_promises_without_a_date(proposal, commitment):
    Commitment.objects.all().delete()
    promise = Commitment(
        proposal=proposal,
        receiver=commitment.receiver,
        state=State.TAKEN,
        next_step="Ring",
        answered_on=DUE,
    )

    assert refused(lambda: Commitment.objects.bulk_create([promise])) == "a_promise_has_a_date"


def test_a_whole_promise_passes_where_the_broken_ones_did_not(these):
    assert these.update(state=State.TAKEN, next_step="Ring", answered_on=DUE, due=DUE) == 1


def test_the_database_keeps_one_answer_per_receiver(commitment):
    assert (
        refused(
            lambda: CommitmentFactory.create(
                proposal=commitment.proposal, receiver=commitment.receiver
            )
        )
        == "one_answer_per_receiver"
    )


def test_the_database_refuses_what_goes_on_without_a_new_date(commitment):
    follow_up = FollowUp(
        commitment=commitment,
        outcome=Outcome.GOING_ON,
        happened="Vi väntar",
        due_before=DUE,
        reported_on=DUE,
    )

    assert refused(follow_up.save) == "what_goes_on_has_a_new_date"


def test_a_commitment_and_a_report_say_what_they_are(commitment):
    assert str(commitment) == f"{commitment.receiver}: Visa halvfärdigt"
    assert str(FollowUp(commitment=commitment, outcome=Outcome.KEPT)) == f"{commitment.pk}: kept"
