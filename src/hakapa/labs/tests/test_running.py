from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from hakapa.kernel.lifecycle import MoveNotAllowedError, TooLateError
from hakapa.labs import actions, queries
from hakapa.labs.lifecycle import State
from hakapa.labs.tests.factories import LabFactory


def now_in(lab):
    return str(queries.current_phase(lab))


def test_a_lab_starts_in_its_first_phase(running):
    assert running.state == State.RUNNING
    assert now_in(running) == "Utmaningen på fem"


def test_a_lab_without_a_run_sheet_starts_all_the_same(leader, host):
    lab = actions.start(LabFactory.create(host=host, state=State.PUBLISHED), by=leader)

    assert queries.current_phase(lab) is None
    assert actions.step(lab, by=leader, leave=1) is None


def test_a_step_leaves_one_phase_and_enters_the_next(running, leader):
    assert str(actions.step(running, by=leader, leave=1)) == "Tyst skrivande"
    assert running.phases.get(key="pitch").ended_at is not None


def test_two_lab_leaders_at_once_take_one_step(running, leader):
    actions.step(running, by=leader, leave=1)

    assert str(actions.step(running, by=leader, leave=1)) == "Tyst skrivande"


def test_a_step_back_opens_the_phase_again(running, leader):
    actions.step(running, by=leader, leave=1)

    assert str(actions.step(running, by=leader, leave=2, back=True)) == "Utmaningen på fem"
    assert str(actions.step(running, by=leader, leave=1, back=True)) == "Utmaningen på fem"


def test_nothing_comes_after_the_last_phase(running, leader):
    for position in range(1, 6):
        actions.step(running, by=leader, leave=position)

    assert str(actions.step(running, by=leader, leave=6)) == "Ett ord"


def test_only_a_running_lab_takes_steps(published, leader):
    with pytest.raises(TooLateError):
        actions.step(published, by=leader, leave=1)


def test_a_step_is_for_those_who_lead(running, outsider):
    with pytest.raises(PermissionDenied):
        actions.step(running, by=outsider, leave=1)


def test_a_closed_lab_says_when_it_reports_back(running, leader):
    now = timezone.now()
    lab = actions.close(running, by=leader, why="Brandlarm", at=now)

    assert lab.state == State.CLOSED
    assert lab.report_back_on == (now + timedelta(days=90)).date()
    assert queries.current_phase(lab) is None


def test_a_lab_closed_too_early_goes_on_where_it_was_closed(closed, leader):
    lab = actions.resume(closed, by=leader)

    assert lab.state == State.RUNNING
    assert now_in(lab) == "Utmaningen på fem"
    assert actions.close(lab, by=leader, why="Brandlarm").report_back_on == closed.report_back_on


def test_a_lab_starts_once(running, leader):
    with pytest.raises(MoveNotAllowedError):
        actions.start(running, by=leader)


def test_the_database_keeps_a_lab_in_one_phase_at_a_time(running):
    second = running.phases.last()
    second.started_at = timezone.now()

    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()
