from django.core.exceptions import PermissionDenied
from django.db import transaction

from hakapa.accounts.models import User
from hakapa.labs.actions.holding import BEFORE_IT_BEGINS, led, tell
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab
from hakapa.process.moving import Because, record


def take_lead(lab: Lab, *, by: User, leave: int | None) -> Lab:
    """Take over the lead; everybody who may lead may take it."""
    return hand_over(lab, by=by, to=by, leave=leave)


@transaction.atomic
def hand_over(lab: Lab, *, by: User, to: User, leave: int | None) -> Lab:
    """Give the lead to another who may lead; `leave` is who had it when it was decided.

    Raises:
        PermissionDenied: the other may not lead the lab.

    """
    locked = led(lab, by=by, states=(*BEFORE_IT_BEGINS, State.RUNNING))
    if not to.has_perm("labs.lead_lab", locked):
        raise PermissionDenied
    if locked.led_by_id == leave and leave != to.pk:
        locked.led_by = to
        locked.save(update_fields=["led_by"])
        record(locked, "lead", by=by, because=Because(details={"to": to.pk}))
        tell(locked, "step")
    return locked
