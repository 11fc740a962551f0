from django.core.exceptions import PermissionDenied
from django.db import transaction

from hakapa.accounts.models import User
from hakapa.labs.models import Participant


@transaction.atomic
def claim(participant: Participant, *, by: User) -> Participant:
    """Let an account say that the seat was theirs; nobody else is told.

    Raises:
        PermissionDenied: the seat is another account's.

    """
    held = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    if held.account_id not in (None, by.pk):
        raise PermissionDenied
    held.account = by
    held.save(update_fields=["account"])
    return held


def let_go(participant: Participant, *, by: User) -> None:
    """Cut the seat loose from the account again; what was written stays, without an owner.

    Raises:
        PermissionDenied: the seat is not the account's.

    """
    if participant.account_id != by.pk:
        raise PermissionDenied
    participant.account = None
    participant.save(update_fields=["account"])
