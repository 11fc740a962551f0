from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import actions, queries
from hakapa.labs.models import Phase
from hakapa.labs.tests.factories import LabFactory
from hakapa.live.models import Announcement

T0 = timezone.now()
MINUTE = timedelta(minutes=1)


@pytest.fixture
def begun(published, leader):
    return actions.start(published, by=leader, at=T0)


def phase_of(lab) -> Phase:
    return queries.current_phase(lab)


def left(lab, at):
    return queries.clock(phase_of(lab), at).left


def announced(lab):
    return Announcement.objects.filter(channel=f"lab:{lab.pk}").count()


def test_a_paused_clock_stands_still_and_goes_on_with_what_was_left(begun, leader):
    actions.pause(begun, by=leader, leave=1, at=T0 + MINUTE)
    stood = left(begun, T0 + 30 * MINUTE)
    assert stood == left(begun, T0 + MINUTE)
    assert queries.clock(phase_of(begun), T0 + 30 * MINUTE).ends_ms is None

    actions.go_on(begun, by=leader, leave=1, at=T0 + 30 * MINUTE)
    assert left(begun, T0 + 30 * MINUTE) == stood
    assert queries.clock(phase_of(begun), T0).ends_ms > 0


def test_a_clock_goes_on_with_the_begun_second_whole(begun, leader):
    actions.pause(begun, by=leader, leave=1, at=T0)
    actions.go_on(begun, by=leader, leave=1, at=T0 + timedelta(milliseconds=300))

    assert phase_of(begun).extra_seconds == 1


def test_pausing_twice_and_going_on_twice_is_once(begun, leader):
    actions.pause(begun, by=leader, leave=1, at=T0 + MINUTE)
    before = announced(begun)
    actions.pause(begun, by=leader, leave=1, at=T0 + 5 * MINUTE)
    assert phase_of(begun).paused_at == T0 + MINUTE

    actions.go_on(begun, by=leader, leave=1, at=T0 + 2 * MINUTE)
    actions.go_on(begun, by=leader, leave=1, at=T0 + 9 * MINUTE)
    assert phase_of(begun).extra_seconds == 60
    assert announced(begun) == before + 1


def test_time_given_by_two_who_saw_the_same_clock_is_given_once(begun, leader):
    for _both in range(2):
        actions.give_time(begun, by=leader, leave=1, extra=0, seconds=120)
    assert phase_of(begun).extra_seconds == 120

    actions.give_time(begun, by=leader, leave=1, extra=120, seconds=-120)
    assert left(begun, T0) == phase_of(begun).minutes * MINUTE


def test_a_press_that_comes_after_the_phase_changes_nothing(begun, leader):
    actions.step(begun, by=leader, leave=1)
    before = announced(begun)

    assert actions.pause(begun, by=leader, leave=1) is None
    assert actions.go_on(begun, by=leader, leave=1) is None
    assert actions.give_time(begun, by=leader, leave=1, extra=0, seconds=120) is None
    assert announced(begun) == before


def test_a_phase_that_is_entered_again_has_all_its_time(begun, leader):
    actions.give_time(begun, by=leader, leave=1, extra=0, seconds=120)
    actions.pause(begun, by=leader, leave=1)
    actions.step(begun, by=leader, leave=1)
    actions.step(begun, by=leader, leave=2, back=True, at=T0 + MINUTE)

    assert phase_of(begun).paused_at is None
    assert left(begun, T0 + MINUTE) == phase_of(begun).minutes * MINUTE


def test_what_is_skipped_is_passed_by_both_ways(begun, leader):
    actions.skip(begun, by=leader, position=2)
    assert actions.step(begun, by=leader, leave=1).position == 3
    assert actions.step(begun, by=leader, leave=3, back=True).position == 1

    actions.unskip(begun, by=leader, position=2)
    assert actions.step(begun, by=leader, leave=1).position == 2


def test_only_what_lies_ahead_is_skipped_and_once(begun, leader):
    actions.step(begun, by=leader, leave=1)
    before = announced(begun)
    actions.skip(begun, by=leader, position=1)
    actions.skip(begun, by=leader, position=2)
    assert begun.phases.filter(skipped_at__isnull=False).count() == 0

    actions.skip(begun, by=leader, position=3)
    actions.skip(begun, by=leader, position=3)
    assert announced(begun) == before + 1


def test_a_lab_without_a_run_sheet_has_nothing_to_skip(leader, host):
    lab = LabFactory.create(host=host)
    actions.skip(lab, by=leader, position=1)

    assert announced(lab) == 0


def test_with_all_that_is_left_skipped_the_lab_is_in_its_last_phase(begun, leader):
    assert queries.is_early(begun)
    for position in range(2, 7):
        actions.skip(begun, by=leader, position=position)

    assert not queries.is_early(begun)
    assert actions.step(begun, by=leader, leave=1).position == 1


def test_a_lab_whose_first_phase_is_skipped_before_the_start_begins_with_the_next(
    published, leader
):
    published.phases.filter(position=1).update(skipped_at=T0)

    assert phase_of(actions.start(published, by=leader)).position == 2


def test_a_lab_that_is_open_for_days_has_no_clock(begun):
    begun.open_until = T0 + timedelta(days=7)
    begun.save()

    assert queries.clock(phase_of(begun), T0) is None


@pytest.mark.parametrize("press", ["pause", "go_on"])
def test_the_pace_is_set_by_those_who_lead_a_running_lab(published, leader, outsider, press):
    do = getattr(actions, press)
    with pytest.raises(TooLateError):
        do(published, by=leader, leave=1)
    with pytest.raises(PermissionDenied):
        do(published, by=outsider, leave=1)
