import rules

from hakapa.accounts import queries as people
from hakapa.accounts.models import AnyUser
from hakapa.challenges.lifecycle import State
from hakapa.challenges.models import Challenge


@rules.predicate
def works_somewhere(user: AnyUser) -> bool:
    return people.is_member(user)


@rules.predicate
def works_for_owner(user: AnyUser, challenge: Challenge) -> bool:
    return people.is_member(user, challenge.owner_id)


@rules.predicate
def speaks_for_owner(user: AnyUser, challenge: Challenge) -> bool:
    return people.speaks_for(user, challenge.owner_id)


@rules.predicate
def is_shared(user: AnyUser, challenge: Challenge) -> bool:
    return challenge.state != State.DRAFT


@rules.predicate
def is_living(user: AnyUser, challenge: Challenge) -> bool:
    return challenge.state != State.CLOSED


rules.add_perm("challenges.view_challenge", is_shared | works_for_owner)
rules.add_perm("challenges.add_challenge", works_somewhere)
rules.add_perm(
    "challenges.improve_challenge", is_living & (works_for_owner | (is_shared & works_somewhere))
)
rules.add_perm("challenges.measure_challenge", works_for_owner)
rules.add_perm("challenges.share_challenge", is_shared & is_living & works_somewhere)
rules.add_perm("challenges.publish_challenge", works_for_owner)
rules.add_perm("challenges.close_challenge", speaks_for_owner)
rules.add_perm("challenges.reopen_challenge", speaks_for_owner)
