import os
import signal
from datetime import timedelta
from threading import Event

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hakapa.kernel import working
from hakapa.kernel.management.commands import work as command
from hakapa.kernel.models import Turn
from hakapa.kernel.tests.jobs import note

pytestmark = pytest.mark.django_db


def done():
    return set(Turn.objects.filter(job__startswith="note").values_list("job", flat=True))


def test_what_is_queued_is_done_in_the_end():
    note.enqueue("note 1")
    note.enqueue("note 2")
    assert done() == set()
    working.do_what_is_queued()

    assert done() == {"note 1", "note 2"}


def test_work_goes_on_until_told_and_does_what_is_due():
    rounds = []
    note.enqueue("note 1")
    working.work(lambda: len(rounds) < 2, pause=lambda: rounds.append(len(done())))

    assert rounds == [1, 1]
    assert Turn.objects.get(job="hakapa.kernel.working.forget_what_was_done").done_at


def begun(worker_ids):
    note.enqueue("note 1")
    DBTaskResult.objects.update(status="RUNNING", worker_ids=worker_ids)


def test_what_a_dead_worker_began_is_done_by_another():
    begun(["dead"])
    assert working.take_up_abandoned() == 1
    working.do_what_is_queued()

    assert done() == {"note 1"}


def test_what_a_living_worker_does_is_left_to_it():
    with working.on_duty() as name:
        begun([name])
        assert working.take_up_abandoned() == 0
    assert working.take_up_abandoned() == 1


def test_what_no_worker_survives_is_given_up():
    begun(["dead"] * 5)
    assert working.take_up_abandoned() == 0

    assert DBTaskResult.objects.get().status == "FAILED"


def test_finished_tasks_are_forgotten_after_two_weeks():
    note.enqueue("note 1")
    note.enqueue("note 2")
    working.do_what_is_queued()
    old = timezone.now() - timedelta(days=15)
    DBTaskResult.objects.filter(args_kwargs__args=["note 1"]).update(finished_at=old)
    working.forget_what_was_done(timezone.now())

    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [["note 2"]]


@pytest.fixture
def signals(monkeypatch):
    """Leave the signals as they were, and the test's connection open."""
    monkeypatch.setattr(command, "close_old_connections", lambda: None)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_the_command_works_until_it_is_told_to_stop(monkeypatch, signals):
    note.enqueue("note 1")

    def stop_soon(_event, _seconds):
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(Event, "wait", stop_soon)
    call_command("work")

    assert done() == {"note 1"}


def test_the_command_stops_with_its_parent(monkeypatch, signals):
    parents = iter([1, 1, 2])
    monkeypatch.setattr(os, "getppid", lambda: next(parents))
    monkeypatch.setattr(command, "PAUSE", 0)
    call_command("work", with_parent=True)

    assert next(parents, None) is None


def test_every_features_jobs_are_known(monkeypatch):
    read = []
    monkeypatch.setattr(command, "find_spec", lambda name: name == "hakapa.labs.tasks")
    monkeypatch.setattr(command, "import_module", read.append)
    command.register_jobs()

    assert read == ["hakapa.labs.tasks"]
