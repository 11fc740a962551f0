import pytest
from django.db import IntegrityError, transaction

from hakapa.proposals.lifecycle import State
from hakapa.proposals.models import Proposal, Source


def refused(do) -> str:
    """Return the name of the constraint by which the database refuses to do it."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        do()
    return str(refusal.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]


def test_the_database_refuses_a_merger_without_into_which(proposal):
    these = Proposal.objects.filter(pk=proposal.pk)

    assert refused(lambda: these.update(state=State.MERGED)) == "a_merged_proposal_says_into_which"


def test_the_database_refuses_an_open_proposal_that_is_merged(proposal, other):
    these = Proposal.objects.filter(pk=proposal.pk)

    assert refused(lambda: these.update(merged_into=other)) == "a_merged_proposal_says_into_which"


def test_the_database_refuses_a_merger_into_itself(proposal):
    these = Proposal.objects.filter(pk=proposal.pk)

    assert (
        refused(lambda: these.update(state=State.MERGED, merged_into=proposal))
        == "a_proposal_is_not_merged_into_itself"
    )


def test_the_database_keeps_a_source_once(proposal, notes):
    again = Source(proposal=proposal, contribution=notes[0])

    assert refused(lambda: Source.objects.bulk_create([again])) == "a_proposal_has_a_source_once"


def test_the_database_refuses_a_source_that_came_with_its_own_proposal(proposal):
    assert (
        refused(lambda: proposal.sources.update(came_with=proposal))
        == "a_source_comes_with_another_proposal"
    )


def test_a_proposal_and_a_source_say_what_they_are(proposal, notes):
    assert str(proposal) == "Visa halvfärdigt"
    assert str(proposal.sources.first()) == f"{notes[0].text} → Visa halvfärdigt"
