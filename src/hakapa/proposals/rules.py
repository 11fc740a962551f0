import rules

from hakapa.accounts import queries as people
from hakapa.accounts.models import AnyUser
from hakapa.labs.rules import leads
from hakapa.proposals.lifecycle import State
from hakapa.proposals.models import Proposal


@rules.predicate
def sees_lab(user: AnyUser, proposal: Proposal) -> bool:
    return rules.has_perm("labs.view_lab", user, proposal.lab)


@rules.predicate
def leads_lab(user: AnyUser, proposal: Proposal) -> bool:
    return leads.test(user, proposal.lab)


@rules.predicate
def works_somewhere(user: AnyUser) -> bool:
    return people.is_member(user)


@rules.predicate
def is_standing(user: AnyUser, proposal: Proposal) -> bool:
    return proposal.state not in (State.MERGED, State.WITHDRAWN)


@rules.predicate
def works_for_proposer(user: AnyUser, proposal: Proposal) -> bool:
    return bool(proposal.organisation_id) and people.is_member(user, proposal.organisation_id)


rules.add_perm("proposals.view_proposal", sees_lab)
rules.add_perm("proposals.improve_proposal", is_standing & sees_lab & works_somewhere)
rules.add_perm("proposals.merge_proposal", leads_lab)
rules.add_perm("proposals.split_proposal", leads_lab)
rules.add_perm("proposals.withdraw_proposal", leads_lab | works_for_proposer)
rules.add_perm("proposals.reopen_proposal", leads_lab | works_for_proposer)
