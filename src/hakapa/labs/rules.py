import rules

from hakapa.accounts import queries as people
from hakapa.accounts.models import AnyUser
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab


@rules.predicate
def works_somewhere(user: AnyUser) -> bool:
    return people.is_member(user)


@rules.predicate
def is_announced(user: AnyUser, lab: Lab) -> bool:
    # A cancelled lab stays in sight when it has been announced.
    if lab.state == State.CANCELLED:
        return lab.announced_at is not None
    return lab.state != State.PLANNED


@rules.predicate
def leads(user: AnyUser, lab: Lab) -> bool:
    leading = {lab.host_id, *(organisation.pk for organisation in lab.leaders.all())}
    return any(people.is_member(user, pk) for pk in leading)


@rules.predicate
def works_for_receiver(user: AnyUser, lab: Lab) -> bool:
    return any(people.is_member(user, r.organisation_id) for r in lab.receivers.all())


rules.add_perm("labs.view_lab", is_announced | leads | works_for_receiver)
rules.add_perm("labs.add_lab", works_somewhere)
rules.add_perm("labs.lead_lab", leads)
for move in Lab.lifecycle:
    if not rules.perm_exists(f"labs.{move.name}_lab"):
        rules.add_perm(f"labs.{move.name}_lab", leads)
