"""How an action holds a lab still while it changes something in it."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import connection

from hakapa.accounts.models import User
from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import queries
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab
from hakapa.live.notify import announce

BEFORE_IT_BEGINS = (State.PLANNED, State.PUBLISHED)
# A lab that is open until a day takes nothing more after it, by the database's own clock.
_HOLD_OPEN = """
    SELECT state = 'running' AND (open_until IS NULL OR clock_timestamp() < open_until),
           is_voting_open
    FROM labs_lab WHERE id = %s FOR SHARE
"""


def led(lab: Lab, *, by: User, states: Collection[State] = tuple(State)) -> Lab:
    """Return the lab as it stands now, held, for somebody who leads it.

    Raises:
        PermissionDenied: the user does not lead the lab.
        TooLateError: the lab has gone on to another state.

    """
    locked = Lab.objects.select_for_update(of=("self",)).get(pk=lab.pk)
    if not by.has_perm("labs.lead_lab", locked):
        raise PermissionDenied
    if locked.state not in states:
        raise TooLateError(f"the lab is {locked.state}")
    return locked


def keep_running(lab_id: int) -> None:
    """Keep the lab from closing until the transaction ends; the room does not wait in line.

    Raises:
        TooLateError: the lab is not running.

    """
    _hold(lab_id)


def keep_voting(lab_id: int) -> None:
    """Keep the lab from closing, and its voting too, until the transaction ends.

    Raises:
        TooLateError: the lab is not running, or its voting is closed.

    """
    if not _hold(lab_id):
        raise TooLateError("voting is closed")


def _hold(lab_id: int) -> bool:
    """Hold a running lab as it is; return whether its voting is open."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD_OPEN, [lab_id])
        runs, votes = cursor.fetchone() or (False, False)
    if not runs:
        raise TooLateError("the lab is not running")
    return bool(votes)


def tell(lab: Lab, kind: str, *, item: int | None = None) -> None:
    """Tell the lab's screens, when all is saved, that something changed; last in an action."""
    announce(queries.channel(lab.pk), kind, item=item)
