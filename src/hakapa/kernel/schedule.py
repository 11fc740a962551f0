"""Jobs that come back: every so often, or every day at a time.

A feature registers its jobs in its `tasks.py`; `hakapa work` does those that are due. However
many work at once, each turn is taken by one of them. A job is short: what takes time, it queues.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from hakapa.kernel.models import Turn

Doing = Callable[[datetime], object]
RETRIED_AFTER = timedelta(minutes=1)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """What is done, and since when a turn not yet taken is due."""

    name: str
    do: Doing
    due_since: Callable[[datetime], datetime]


_jobs: dict[str, Job] = {}


def every(period: timedelta) -> Callable[[Doing], Doing]:
    """Register a job that is done again when so much time has passed since the last turn."""
    return _registering(lambda now: now - period + timedelta.resolution)


def daily(at: time) -> Callable[[Doing], Doing]:
    """Register a job that is done once a day, at the time of day here or soon after."""

    def latest(now: datetime) -> datetime:
        here = timezone.localtime(now)
        today = here.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
        return today if today <= here else today - timedelta(days=1)

    return _registering(latest)


def do_what_is_due(now: datetime) -> list[str]:
    """Do every job whose turn has come and nobody else is taking; return their names.

    A job that fails changes nothing, is told in the log, and is tried again after a minute.
    """
    return [job.name for job in _jobs.values() if _take_turn(job, now)]


def _registering(due_since: Callable[[datetime], datetime]) -> Callable[[Doing], Doing]:
    def register(do: Doing) -> Doing:
        name = f"{do.__module__}.{do.__qualname__}"
        _jobs[name] = Job(name, do, due_since)
        return do

    return register


def _take_turn(job: Job, now: datetime) -> bool:
    Turn.objects.bulk_create([Turn(job=job.name)], ignore_conflicts=True)
    due = Q(done_at=None) | Q(done_at__lt=job.due_since(now))
    calm = Q(failed_at=None) | Q(failed_at__lte=now - RETRIED_AFTER) | Q(failed_at__lt=F("done_at"))
    try:
        with transaction.atomic():
            turns = Turn.objects.select_for_update(skip_locked=True)
            if not turns.filter(due, calm, job=job.name).exists():
                return False
            job.do(now)
            Turn.objects.filter(job=job.name).update(done_at=now)
    except Exception:
        log.exception("the job %s failed; nothing of it was kept", job.name)
        Turn.objects.filter(job=job.name).update(failed_at=now)
        return False
    return True
