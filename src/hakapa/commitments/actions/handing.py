from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hakapa.accounts.models import User
from hakapa.commitments.lifecycle import State
from hakapa.commitments.models import Commitment
from hakapa.kernel.lifecycle import TooLateError
from hakapa.process.moving import Because, record

# Nothing is left to see to.
_SETTLED = (State.KEPT, State.DECLINED)


@transaction.atomic
def hand_over(
    commitment: Commitment, *, to: User, by: User, note: str = "", at: datetime | None = None
) -> Commitment:
    """Let a colleague of the receiver see to the question or the promise from now on.

    In public the colleague's title is shown, when they have one. The journal keeps the role that
    answered before, and the note for the colleague.

    Raises:
        TooLateError: nothing is left to see to.
        PermissionDenied: the user neither speaks for the receiver nor has it in hand.
        ValidationError: the colleague does not work for the receiver.

    """
    locked = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    refuse_when_nothing_is_left(locked)
    if not by.has_perm("commitments.hand_over_commitment", locked):
        raise PermissionDenied
    membership = locked.receiver.memberships.filter(user=to).first()
    if membership is None:
        raise ValidationError({"to": _("Choose somebody who works for the receiver.")})
    details = {"role_before": locked.role, "role_after": membership.title or locked.role}
    locked.assignee = to
    locked.role = details["role_after"]
    locked.save(update_fields=["assignee", "role"])
    details = {name: words for name, words in {**details, "note": note}.items() if words}
    record(locked, "hand_over", by=by, because=Because(locked.receiver, at, details))
    return locked


def refuse_when_nothing_is_left(commitment: Commitment) -> None:
    """Let nobody be handed what is settled.

    Raises:
        TooLateError: nothing is left to see to.

    """
    if commitment.state in _SETTLED:
        raise TooLateError("nothing is left to see to here")
