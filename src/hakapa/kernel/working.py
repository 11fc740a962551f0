"""How queued work is done, and taken up again when the one who did it has died."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from secrets import token_hex
from typing import Any

import psycopg
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from hakapa.kernel import schedule

QUEUE = "queue"
LOCKS = 20261125  # the class of PostgreSQL's advisory locks that workers hold
MOST_TRIES = 5
KEPT_FOR = timedelta(days=14)


def work(go_on: Callable[[], bool], *, pause: Callable[[], object]) -> None:
    """Do what is due and what is queued, again and again, as long as it shall go on."""
    with on_duty() as name:
        while go_on():
            take_up_abandoned()
            schedule.do_what_is_due(timezone.now())
            do_what_is_queued(name)
            pause()


def do_what_is_queued(name: str = "here") -> None:
    """Do every task that is ready, until none is left."""
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name=QUEUE,
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
    )
    while task := _claimed(name):
        worker.run_task(task)


@contextmanager
def on_duty() -> Iterator[str]:
    """Give a name to work under, locked in the database until whoever bears it dies."""
    name = token_hex(16)
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as held:
        held.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [LOCKS, name])
        yield name
        held.execute("SELECT pg_advisory_unlock_all()")


@transaction.atomic
def take_up_abandoned() -> int:
    """Queue again what was begun by workers that have died since; return how much.

    A task may so be done twice: it must not matter. One that five workers did not survive is
    given up.
    """
    abandoned = [task for task in DBTaskResult.objects.running() if is_dead(task.worker_ids[-1])]
    given_up = [task.pk for task in abandoned if len(task.worker_ids) >= MOST_TRIES]
    again = [task.pk for task in abandoned if len(task.worker_ids) < MOST_TRIES]
    running = DBTaskResult.objects.running()
    running.filter(pk__in=given_up).update(
        status="FAILED", finished_at=timezone.now(), traceback="no worker survived it"
    )
    return running.filter(pk__in=again).update(status="READY")


@schedule.daily(time(3, 30))
def forget_what_was_done(now: datetime) -> None:
    """Forget finished tasks after two weeks."""
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT_FOR).delete()


def is_dead(worker: str) -> bool:
    """Tell whether nobody bears the name any more under which something was claimed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [LOCKS, worker])
        row = cursor.fetchone()
    return bool(row and row[0])


@transaction.atomic
def _claimed(name: str) -> DBTaskResult[Any, Any] | None:
    task = DBTaskResult.objects.ready().filter(backend_name=QUEUE).get_locked()
    if task:
        task.claim(name)
    return task
