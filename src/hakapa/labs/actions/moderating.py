from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hakapa.accounts.models import User
from hakapa.labs.actions.holding import led, tell
from hakapa.labs.models import Contribution
from hakapa.process.moving import Because, record


def hide(contribution: Contribution, *, by: User, why: str) -> Contribution:
    """Take a contribution off every page, with a reason; the votes on it are kept.

    Raises:
        ValidationError: no reason is given.

    """
    return _change(contribution, "hide", by=by, hidden_at=timezone.now(), hidden_why=why)


def unhide(contribution: Contribution, *, by: User) -> Contribution:
    """Show a hidden contribution again; one that waited to be looked at waits again."""
    return _change(contribution, "unhide", by=by, hidden_at=None, hidden_why="")


def approve(contribution: Contribution, *, by: User) -> Contribution:
    """Show the room what has waited to be looked at."""
    return _change(contribution, "approve", by=by, is_waiting=False)


def hold_back(contribution: Contribution, *, by: User) -> Contribution:
    """Let a contribution wait again, as if nobody had looked at it."""
    return _change(contribution, "hold_back", by=by, is_waiting=True, promoted_at=None)


def promote(contribution: Contribution, *, by: User, at: datetime | None = None) -> Contribution:
    """Show a contribution before all others on the wall."""
    return _change(contribution, "promote", by=by, promoted_at=at or timezone.now())


def demote(contribution: Contribution, *, by: User) -> Contribution:
    """Let a contribution stand in line with the others again."""
    return _change(contribution, "demote", by=by, promoted_at=None)


@transaction.atomic
def _change(
    contribution: Contribution, deed: str, *, by: User, **wanted: bool | str | datetime | None
) -> Contribution:
    """Make it so and write who did it; the lab is held, so that two who press change it once."""
    lab = led(contribution.lab, by=by)
    contribution.refresh_from_db()
    if all(_is_so(getattr(contribution, name), value) for name, value in wanted.items()):
        return contribution
    for name, value in wanted.items():
        setattr(contribution, name, value)
    contribution.full_clean(validate_unique=False)
    contribution.save(update_fields=list(wanted))
    details = {"contribution": contribution.pk, "why": wanted.get("hidden_why", "")}
    record(lab, deed, by=by, because=Because(details=details))
    tell(lab, "note", item=contribution.pk)
    return contribution


def _is_so(now: object, wanted: object) -> bool:
    """Tell whether a value is as wanted; since when something is so does not matter."""
    return now == wanted or (isinstance(now, datetime) and isinstance(wanted, datetime))
