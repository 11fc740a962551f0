"""When somebody's phone gives out: their personal code moves the seat to another phone."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hakapa.accounts.models import User
from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import codes
from hakapa.labs.actions.holding import BEFORE_IT_BEGINS, led
from hakapa.labs.actions.taking_part import SeatTakenError
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab, Participant, PersonalCode
from hakapa.process.moving import Because, record


@transaction.atomic
def free_code(lab: Lab, *, by: User, code: str) -> PersonalCode:
    """Let a used code give its seat once more, with all that was written and answered in it.

    The phone that had the seat is out at once, so that no two ever hold it.

    Raises:
        TooLateError: the lab is over.
        ValidationError: the lab has no such code, or nobody has used it.

    """
    locked = led(lab, by=by, states=(*BEFORE_IT_BEGINS, State.RUNNING))
    found = locked.personal_codes.filter(code=codes.as_typed(code)).first()
    held = PersonalCode.objects.select_for_update().get(pk=found.pk) if found else None
    if held is None:
        raise ValidationError({"code": _("This lab has no such code. Look once more.")})
    if held.participant_id is None:
        raise ValidationError({"code": _("Nobody has used that code. It gives a seat as it is.")})
    if held.freed_at is None:
        Participant.objects.filter(pk=held.participant_id).update(token=codes.new_token())
        held.freed_at = timezone.now()
        held.save(update_fields=["freed_at"])
        record(locked, "free_code", by=by, because=Because(details={"code": held.pk}))
    return held


@transaction.atomic
def sit_again(code: PersonalCode) -> Participant:
    """Give the seat of a freed code to the phone that asks first.

    Raises:
        TooLateError: the lab is not open for joining.
        SeatTakenError: the code is not free, or another phone was first.

    """
    if not code.lab.is_open:
        raise TooLateError("the lab is not open for joining")
    held = PersonalCode.objects.select_for_update().get(pk=code.pk)
    if held.participant is None or held.freed_at is None:
        raise SeatTakenError("the code is not free")
    held.freed_at = None
    held.save(update_fields=["freed_at"])
    return held.participant
