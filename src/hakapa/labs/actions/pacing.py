"""How fast the run sheet is walked; each change names what it leaves, so that it happens once."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hakapa.accounts.models import User
from hakapa.labs import queries
from hakapa.labs.actions.holding import led, tell
from hakapa.labs.actions.running import seconds_between
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab, Phase
from hakapa.process.moving import Because, record


@transaction.atomic
def pause(lab: Lab, *, by: User, leave: int, at: datetime | None = None) -> Phase | None:
    """Stop the clock of the phase at the position `leave`; a stopped clock is left alone."""
    locked, phase = _at(lab, leave, by=by)
    if phase and phase.paused_at is None:
        phase.paused_at = at or timezone.now()
        phase.save(update_fields=["paused_at"])
        _told(locked, by, {"pause": leave})
    return phase


@transaction.atomic
def go_on(lab: Lab, *, by: User, leave: int, at: datetime | None = None) -> Phase | None:
    """Let the clock go on with as much time as it had when it was stopped."""
    locked, phase = _at(lab, leave, by=by)
    if phase and phase.paused_at:
        phase.extra_seconds += seconds_between(phase.paused_at, at or timezone.now())
        phase.paused_at = None
        phase.save(update_fields=["paused_at", "extra_seconds"])
        _told(locked, by, {"go_on": leave})
    return phase


@transaction.atomic
def give_time(lab: Lab, *, by: User, leave: int, extra: int, seconds: int) -> Phase | None:
    """Give the phase more time, or take some; `extra` is what it had been given before.

    Two lab leaders who each see the same clock and press at once give the time once.
    """
    locked, phase = _at(lab, leave, by=by)
    if phase and phase.extra_seconds == extra:
        phase.extra_seconds += seconds
        phase.save(update_fields=["extra_seconds"])
        _told(locked, by, {"give_time": leave, "seconds": seconds})
    return phase


@transaction.atomic
def skip(lab: Lab, *, by: User, position: int, at: datetime | None = None) -> None:
    """Pass by a phase that lies ahead."""
    _mark(lab, position, at or timezone.now(), by=by)


@transaction.atomic
def unskip(lab: Lab, *, by: User, position: int) -> None:
    """Take a skipped phase back into the run sheet."""
    _mark(lab, position, None, by=by)


def _mark(lab: Lab, position: int, skipped_at: datetime | None, *, by: User) -> None:
    locked = led(lab, by=by, states=(State.RUNNING,))
    now = queries.current_phase(locked)
    ahead = locked.phases.filter(position=position, position__gt=now.position if now else 0)
    if ahead.filter(skipped_at__isnull=bool(skipped_at)).update(skipped_at=skipped_at):
        _told(locked, by, {"skip" if skipped_at else "unskip": position})


def _at(lab: Lab, leave: int, *, by: User) -> tuple[Lab, Phase | None]:
    """Return the running lab, held, and its phase if that is the one at the position."""
    locked = led(lab, by=by, states=(State.RUNNING,))
    now = queries.current_phase(locked)
    return locked, now if now and now.position == leave else None


def _told(lab: Lab, by: User, details: dict[str, int]) -> None:
    record(lab, "pace", by=by, because=Because(details=details))
    tell(lab, "step")
