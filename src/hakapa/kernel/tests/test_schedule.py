from datetime import UTC, datetime, time, timedelta

import pytest

from hakapa.kernel import schedule
from hakapa.kernel.models import Turn

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 11, tzinfo=UTC)  # noon in Stockholm
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def jobs(monkeypatch):
    """Only the jobs of the test."""
    monkeypatch.setattr(schedule, "_jobs", {})


@pytest.fixture
def job():
    """A job that notes when it was done."""

    def noting(now):
        noting.done.append(now)

    noting.done = []
    return noting


def test_what_comes_back_is_done_once_a_period(job):
    schedule.every(2 * MINUTE)(job)
    for minutes in (0, 1, 2, 3):
        schedule.do_what_is_due(NOON + minutes * MINUTE)

    assert job.done == [NOON, NOON + 2 * MINUTE]


@pytest.mark.parametrize(
    ("at", "done_at_noon"), [(time(11), True), (time(12), True), (time(13), False)]
)
def test_a_daily_job_is_done_when_its_time_has_come(job, at, done_at_noon):
    schedule.daily(at)(job)
    schedule.do_what_is_due(NOON - timedelta(hours=22, minutes=30))
    schedule.do_what_is_due(NOON)
    schedule.do_what_is_due(NOON + MINUTE)

    assert len(job.done) == 1 + done_at_noon


def test_what_fails_is_told_undone_and_tried_again_after_a_minute(caplog):
    tries = []

    @schedule.every(MINUTE)
    def fails_at_first(now):
        tries.append(now)
        Turn.objects.create(job=f"written at {now}")
        if len(tries) == 1:
            raise ValueError

    for seconds in (0, 30, 60, 90):
        schedule.do_what_is_due(NOON + timedelta(seconds=seconds))

    assert tries == [NOON, NOON + MINUTE]
    assert "fails_at_first failed" in caplog.text
    assert not Turn.objects.filter(job=f"written at {NOON}").exists()
    assert Turn.objects.filter(job=f"written at {NOON + MINUTE}").exists()


def test_one_that_fails_keeps_no_other_from_its_turn(job):
    @schedule.every(MINUTE)
    def fails(now):
        raise ValueError

    schedule.every(MINUTE)(job)
    schedule.do_what_is_due(NOON)

    assert job.done == [NOON]
