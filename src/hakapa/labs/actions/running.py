from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hakapa.accounts.models import User
from hakapa.labs import queries
from hakapa.labs.actions.holding import led, tell
from hakapa.labs.formats import Capture
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab, Phase
from hakapa.process.moving import Because, move, record

REPORT_BACK_AFTER = timedelta(days=90)


@transaction.atomic
def start(lab: Lab, *, by: User, at: datetime | None = None) -> Lab:
    """Begin the lab with its first phase; who starts it has the lead."""
    started = move(lab, "start", by=by, because=Because(lab.host, at), led_by=by)
    if first := started.phases.filter(skipped_at=None).first():
        _enter(started, first, at or timezone.now())
    tell(started, "step")
    return started


@transaction.atomic
def step(
    lab: Lab, *, by: User, leave: int, back: bool = False, at: datetime | None = None
) -> Phase | None:
    """Go from the phase at the position `leave` to the next, or back to the one before.

    Phases that are skipped are passed by. Two lab leaders who press at once take one step: the
    second leaves a phase already left.

    Raises:
        TooLateError: the lab is not running.

    """
    locked = led(lab, by=by, states=(State.RUNNING,))
    now = queries.current_phase(locked)
    if now is None or now.position != leave:
        return now
    target = queries.before(now) if back else queries.after(now)
    if target is None:
        return now
    at = at or timezone.now()
    now.ended_at = at
    now.save(update_fields=["ended_at"])
    _enter(locked, target, at)
    record(locked, "step", by=by, because=Because(at=at, details={"to": target.position}))
    tell(locked, "step")
    return target


@transaction.atomic
def close(
    lab: Lab,
    *,
    by: User,
    why: str = "",
    missing: Mapping[int, str] | None = None,
    at: datetime | None = None,
) -> Lab:
    """End the lab; from now on nothing is added and everything is a report.

    Each receiver has answered, or it is said why not: `missing` gives the reason by the
    organisation's id. One reason, `why`, is enough for all, and needed before the last phase.

    Raises:
        ValidationError: a reason is missing.

    """
    at = at or timezone.now()
    locked = led(lab, by=by)
    reasons = {pk: reason for pk, reason in (missing or {}).items() if reason}
    if not why:
        _refuse_without_reasons(locked, reasons)
    locked.phases.filter(started_at__isnull=False, ended_at=None).update(ended_at=at)
    details = {"why": why, "missing": {str(pk): reason for pk, reason in reasons.items()}}
    closed = move(
        locked,
        "close",
        by=by,
        because=Because(lab.host, at, details),
        report_back_on=locked.report_back_on or (at + REPORT_BACK_AFTER).date(),
    )
    tell(closed, "step")
    return closed


@transaction.atomic
def run_out(lab: Lab, *, at: datetime) -> Lab:
    """End a lab that was open until a day, when that day has come; the system does it."""
    lab.phases.filter(started_at__isnull=False, ended_at=None).update(ended_at=at)
    closed = move(
        lab,
        "run_out",
        by=None,
        because=Because(at=at),
        report_back_on=lab.report_back_on or (at + REPORT_BACK_AFTER).date(),
    )
    tell(closed, "step")
    return closed


@transaction.atomic
def resume(lab: Lab, *, by: User, at: datetime | None = None) -> Lab:
    """Take up a lab that was closed too early, where it was closed; its clock goes on."""
    resumed = move(lab, "resume", by=by, because=Because(lab.host, at))
    left = resumed.phases.filter(ended_at__isnull=False).order_by("ended_at", "position").last()
    if left and left.ended_at:
        if left.paused_at is None:
            left.extra_seconds += seconds_between(left.ended_at, at or timezone.now())
        left.ended_at = None
        left.save(update_fields=["ended_at", "extra_seconds"])
    tell(resumed, "step")
    return resumed


def seconds_between(earlier: datetime, later: datetime) -> int:
    """Return how long a clock stood still, begun seconds counted: it never jumps ahead."""
    return ceil((later - earlier).total_seconds())


def _enter(lab: Lab, phase: Phase, at: datetime) -> None:
    """Begin the phase with all its time, on the wall too; one that asks for votes opens voting."""
    phase.started_at, phase.ended_at, phase.paused_at, phase.extra_seconds = at, None, None, 0
    phase.save(update_fields=["started_at", "ended_at", "paused_at", "extra_seconds"])
    lab.is_voting_open = lab.is_voting_open or Capture.VOTE in phase.captures
    lab.are_results_shown = False
    lab.save(update_fields=["is_voting_open", "are_results_shown"])


def _refuse_without_reasons(lab: Lab, reasons: Mapping[int, str]) -> None:
    if queries.is_early(lab):
        raise ValidationError({"why": _("Say why the lab is closed before its last phase.")})
    silent = [r for r in queries.unanswered(lab) if r.organisation_id not in reasons]
    if silent:
        raise ValidationError(
            {
                "why": _("Say why these have not answered: %(who)s")
                % {"who": ", ".join(map(str, silent))}
            }
        )
