from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from hakapa.accounts.models import User
from hakapa.labs import queries
from hakapa.labs.actions.holding import led
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab, Phase
from hakapa.process.moving import Because, move, record

REPORT_BACK_AFTER = timedelta(days=90)


@transaction.atomic
def start(lab: Lab, *, by: User, at: datetime | None = None) -> Lab:
    """Begin the lab with its first phase."""
    started = move(lab, "start", by=by, because=Because(lab.host, at))
    _enter(started.phases.first(), at or timezone.now())
    return started


@transaction.atomic
def step(
    lab: Lab, *, by: User, leave: int, back: bool = False, at: datetime | None = None
) -> Phase | None:
    """Go from the phase at the position `leave` to the next, or back to the one before.

    Two lab leaders who press at once take one step: the second leaves a phase already left.

    Raises:
        TooLateError: the lab is not running.

    """
    locked = led(lab, by=by, states=(State.RUNNING,))
    now = queries.current_phase(locked)
    if now is None or now.position != leave:
        return now
    target = locked.phases.filter(position=leave + (-1 if back else 1)).first()
    if target is None:
        return now
    at = at or timezone.now()
    now.ended_at = at
    now.save(update_fields=["ended_at"])
    _enter(target, at)
    record(locked, "step", by=by, because=Because(at=at, details={"to": target.position}))
    return target


@transaction.atomic
def close(lab: Lab, *, by: User, at: datetime | None = None) -> Lab:
    """End the lab; from now on nothing is added and everything is a report."""
    at = at or timezone.now()
    lab.phases.filter(started_at__isnull=False, ended_at__isnull=True).update(ended_at=at)
    return move(
        lab,
        "close",
        by=by,
        because=Because(lab.host, at),
        report_back_on=lab.report_back_on or (at + REPORT_BACK_AFTER).date(),
    )


@transaction.atomic
def resume(lab: Lab, *, by: User) -> Lab:
    """Take up a lab that was closed too early, in its last phase."""
    resumed = move(lab, "resume", by=by, because=Because(lab.host))
    _enter(resumed.phases.last(), timezone.now())
    return resumed


def _enter(phase: Phase | None, at: datetime) -> None:
    if phase:
        phase.started_at, phase.ended_at = at, None
        phase.save(update_fields=["started_at", "ended_at"])
