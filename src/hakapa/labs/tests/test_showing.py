import pytest
from django.core.exceptions import PermissionDenied

from hakapa.accounts.tests.factories import member_of
from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import actions, queries
from hakapa.live.models import Announcement
from hakapa.process.models import Event


def steps(lab, leader, *positions):
    for position in positions:
        actions.step(lab, by=leader, leave=position)


def announced():
    return Announcement.objects.count()


def test_a_phase_of_votes_opens_the_voting_and_hides_the_results(running, leader):
    actions.show_results(running, by=leader)
    steps(running, leader, 1, 2, 3)

    running.refresh_from_db()
    assert "vote" in queries.current_phase(running).captures
    assert (running.is_voting_open, running.are_results_shown) == (True, False)


def test_another_phase_keeps_what_is(running, leader):
    actions.close_voting(running, by=leader)
    steps(running, leader, 1)

    running.refresh_from_db()
    assert running.is_voting_open is False


def test_showing_the_results_closes_the_voting_and_opening_it_hides_them(running, leader):
    shown = actions.show_results(running, by=leader)
    assert (shown.is_voting_open, shown.are_results_shown) == (False, True)

    opened = actions.open_voting(running, by=leader)
    assert (opened.is_voting_open, opened.are_results_shown) == (True, False)

    actions.show_results(running, by=leader)
    hidden = actions.hide_results(running, by=leader)
    assert (hidden.is_voting_open, hidden.are_results_shown) == (False, False)


def test_the_same_press_twice_is_told_once(running, leader):
    actions.close_voting(running, by=leader)
    before = announced()
    actions.close_voting(running, by=leader)

    assert announced() == before


def test_a_lab_may_be_looked_at_first_from_now_on(running, leader):
    assert actions.look_first(running, by=leader, first=True).is_moderated
    assert not actions.look_first(running, by=leader, first=False).is_moderated


def test_what_the_room_sees_is_for_those_who_lead_while_it_runs(published, leader, outsider):
    with pytest.raises(TooLateError):
        actions.open_voting(published, by=leader)
    with pytest.raises(PermissionDenied):
        actions.open_voting(published, by=outsider)


def test_who_starts_the_lab_has_the_lead(running, leader):
    assert running.led_by == leader


def test_the_lead_is_taken_over_by_another_who_may_lead(running, leader, host):
    colleague = member_of(host)

    assert actions.take_lead(running, by=colleague, leave=leader.pk).led_by == colleague
    # Who still saw the old one comes too late.
    assert actions.take_lead(running, by=leader, leave=leader.pk).led_by == colleague
    assert Event.objects.filter(move="lead").count() == 1


def test_the_lead_is_handed_only_to_those_who_may_lead(running, leader, host, outsider):
    colleague = member_of(host)
    may = {member.user for member in queries.those_who_may_lead(running)}
    assert may == {leader, colleague}

    with pytest.raises(PermissionDenied):
        actions.hand_over(running, by=leader, to=outsider, leave=leader.pk)
    assert actions.hand_over(running, by=leader, to=colleague, leave=leader.pk).led_by == colleague
    before = announced()
    actions.hand_over(running, by=leader, to=colleague, leave=colleague.pk)
    assert announced() == before


def test_a_closed_lab_has_no_lead_to_hand_over(closed, leader):
    with pytest.raises(TooLateError):
        actions.take_lead(closed, by=leader, leave=None)
