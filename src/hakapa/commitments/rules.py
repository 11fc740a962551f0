import rules

from hakapa.accounts import queries as people
from hakapa.accounts.models import AnyUser
from hakapa.commitments.lifecycle import State
from hakapa.commitments.models import Commitment
from hakapa.labs.lifecycle import State as LabState
from hakapa.labs.rules import leads
from hakapa.proposals.lifecycle import State as ProposalState


@rules.predicate
def speaks_for_receiver(user: AnyUser, commitment: Commitment) -> bool:
    return people.speaks_for(user, commitment.receiver_id)


@rules.predicate
def sees_lab(user: AnyUser, commitment: Commitment) -> bool:
    return rules.has_perm("labs.view_lab", user, commitment.proposal.lab)


@rules.predicate
def is_answered(user: AnyUser, commitment: Commitment) -> bool:
    return commitment.state != State.ASKED


@rules.predicate
def is_asked_in_vain(user: AnyUser, commitment: Commitment) -> bool:
    return commitment.proposal.state in (ProposalState.MERGED, ProposalState.WITHDRAWN)


@rules.predicate
def lab_is_closed(user: AnyUser, commitment: Commitment) -> bool:
    return commitment.proposal.lab.state == LabState.CLOSED


@rules.predicate
def works_for_receiver(user: AnyUser, commitment: Commitment) -> bool:
    return people.is_member(user, commitment.receiver_id)


@rules.predicate
def leads_lab(user: AnyUser, commitment: Commitment) -> bool:
    return leads.test(user, commitment.proposal.lab)


@rules.predicate
def was_handed_it(user: AnyUser, commitment: Commitment) -> bool:
    return user.is_authenticated and commitment.assignee_id == user.pk


rules.add_perm(
    "commitments.view_commitment",
    sees_lab
    & (is_answered | (~is_asked_in_vain & (lab_is_closed | works_for_receiver | leads_lab))),
)
# A colleague who was handed the promise reports on it; only who speaks for the receiver promises.
sees_to_it = speaks_for_receiver | (was_handed_it & works_for_receiver)
rules.add_perm("commitments.hand_over_commitment", sees_to_it)
for move in Commitment.lifecycle:
    name = f"commitments.{move.name}_commitment"
    if not move.consequence and not rules.perm_exists(name):
        reports = move.name in ("keep", "give_up")
        rules.add_perm(name, sees_to_it if reports else speaks_for_receiver)
