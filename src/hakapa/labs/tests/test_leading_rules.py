"""Whatever is pressed and in whatever order, the run sheet and the moderation stay whole."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hakapa.accounts.tests.factories import OrganisationFactory, member_of
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import actions, queries
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab
from hakapa.labs.tests.factories import ContributionFactory

POSITIONS = st.integers(min_value=0, max_value=8)
LATE = st.sampled_from([0, 0, 0, 1, -1, 7])  # how far from where the room is a press thinks it is


class Leading(RuleBasedStateMachine):
    """A lab whose leaders press anything at all, also what is no longer there to press."""

    @initialize()
    def begin(self):
        host = OrganisationFactory.create()
        self.leader = member_of(host)
        self.now = timezone.now()
        plan = actions.Plan(
            "Labb", "blixtlabb-45", host, self.now, challenges=[ChallengeFactory.create()]
        )
        lab = actions.plan(plan, by=self.leader)
        actions.invite(lab, by=self.leader, organisation=OrganisationFactory.create())
        actions.publish(lab, by=self.leader)
        self.lab = actions.start(lab, by=self.leader, at=self.now)
        self.notes = ContributionFactory.create_batch(3, lab=self.lab, is_waiting=True)

    @property
    def runs(self):
        return Lab.objects.get(pk=self.lab.pk).state == State.RUNNING

    def seen(self, late):
        """Return the position that is pressed for: where the room is, or was."""
        phase = queries.current_phase(self.lab)
        return (phase.position if phase else 1) + late

    @rule(seconds=st.floats(min_value=0.01, max_value=900))
    def time_passes(self, seconds):
        self.now += timedelta(seconds=seconds)

    @precondition(runs.fget)
    @rule(late=LATE, back=st.booleans())
    def step(self, late, back):
        leave = self.seen(late)
        actions.step(self.lab, by=self.leader, leave=leave, back=back, at=self.now)

    @precondition(runs.fget)
    @rule(late=LATE, seconds=st.integers(0, 900))
    def pause_for_a_while(self, late, seconds):
        before = self.left()
        actions.pause(self.lab, by=self.leader, leave=self.seen(late), at=self.now)
        self.now += timedelta(seconds=seconds)
        assert self.left() in (before, before - timedelta(seconds=seconds))

    @precondition(runs.fget)
    @rule(late=LATE)
    def go_on(self, late):
        before = self.left()
        actions.go_on(self.lab, by=self.leader, leave=self.seen(late), at=self.now)
        assert before <= self.left() < before + timedelta(seconds=1)

    @precondition(runs.fget)
    @rule(late=LATE, extra=st.sampled_from([0, 120, -120]), less=st.booleans())
    def give_time(self, late, extra, less):
        seconds, leave = (-120 if less else 120), self.seen(late)
        actions.give_time(self.lab, by=self.leader, leave=leave, extra=extra, seconds=seconds)

    @precondition(runs.fget)
    @rule(position=POSITIONS, back=st.booleans())
    def skip(self, position, back):
        act = actions.unskip if back else actions.skip
        act(self.lab, by=self.leader, position=position)

    @precondition(runs.fget)
    @rule(press=st.sampled_from(["open_voting", "close_voting", "show_results", "hide_results"]))
    def arrange(self, press):
        getattr(actions, press)(self.lab, by=self.leader)

    @rule(number=st.integers(0, 2), deed=st.sampled_from(["approve", "hold_back", "promote"]))
    def moderate(self, number, deed):
        getattr(actions, deed)(self.notes[number], by=self.leader)

    @rule(number=st.integers(0, 2), back=st.booleans())
    def hide(self, number, back):
        note = self.notes[number]
        if back:
            actions.unhide(note, by=self.leader)
        else:
            actions.hide(note, by=self.leader, why="Namn")

    @precondition(runs.fget)
    @rule(seldom=st.integers(0, 4))
    def close(self, seldom):
        if seldom == 4:
            actions.close(self.lab, by=self.leader, why="Brandlarm", at=self.now)

    @precondition(lambda self: not self.runs)
    @rule(press=st.sampled_from(["step", "pause", "go_on"]))
    def press_in_a_lab_that_is_over(self, press):
        with pytest.raises(TooLateError):
            getattr(actions, press)(self.lab, by=self.leader, leave=1)

    @precondition(lambda self: not self.runs)
    @rule()
    def take_up_again(self):
        left = self.lab.phases.exclude(ended_at=None).order_by("ended_at", "position").last()
        stood = queries.clock(left, left.paused_at or left.ended_at).left
        actions.resume(self.lab, by=self.leader, at=self.now)
        assert stood <= self.left() < stood + timedelta(seconds=1)

    def left(self):
        clock = queries.clock(queries.current_phase(self.lab), self.now)
        return clock.left if clock else None

    @invariant()
    def the_room_is_in_one_phase_or_the_lab_is_closed(self):
        inside = self.lab.phases.filter(started_at__isnull=False, ended_at=None)
        assert inside.count() == int(self.runs)
        for phase in inside:
            assert 1 <= phase.position <= 6
            assert phase.skipped_at is None

    @invariant()
    def what_is_shown_and_voted_on_is_never_both(self):
        lab = Lab.objects.get(pk=self.lab.pk)
        assert not (lab.is_voting_open and lab.are_results_shown)

    @invariant()
    def the_room_sees_only_what_nobody_hid_and_somebody_looked_at(self):
        everything = set(self.lab.contributions.all())
        seen, queue = set(queries.shown(self.lab)), set(queries.waiting(self.lab))
        hidden = set(self.lab.contributions.exclude(hidden_at=None))
        assert seen | queue | hidden == everything
        assert len(seen) + len(queue) + len(hidden) == len(everything)


class TestLeading(TestCase, Leading.TestCase):
    settings = settings(
        max_examples=20,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
