"""Two lab leaders press in the same moment, each in a transaction of their own."""

from time import sleep
from uuid import uuid4

import pytest

from hakapa.accounts.tests.factories import member_of
from hakapa.kernel.tests.meeting import at_once
from hakapa.labs import actions, cards, queries
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Kind
from hakapa.labs.tests.factories import ContributionFactory
from hakapa.live.models import Announcement
from hakapa.process.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _slowly(monkeypatch):
    """Let a moment pass between reading and changing, so that what is done at once overlaps."""
    look = queries.current_phase

    def slow(lab):
        phase = look(lab)
        sleep(0.2)
        return phase

    monkeypatch.setattr(queries, "current_phase", slow)


@pytest.fixture
def both(leader, host):
    return leader, member_of(host)


def test_two_leaders_who_press_next_take_one_step(running, both):
    raised = at_once(*(lambda by=by: actions.step(running, by=by, leave=1) for by in both))

    assert raised == [None, None]
    assert queries.current_phase(running).position == 2
    assert Event.objects.filter(move="step").count() == 1


def test_one_who_goes_on_and_one_who_goes_back_take_one_step(running, both):
    one, other = both
    actions.step(running, by=one, leave=1)

    raised = at_once(
        lambda: actions.step(running, by=one, leave=2),
        lambda: actions.step(running, by=other, leave=2, back=True),
    )

    assert raised == [None, None]
    assert queries.current_phase(running).position in (1, 3)
    assert running.phases.filter(started_at__isnull=False, ended_at=None).count() == 1


def test_two_minutes_given_by_both_are_two_minutes(running, both):
    raised = at_once(
        *(
            lambda by=by: actions.give_time(running, by=by, leave=1, extra=0, seconds=120)
            for by in both
        )
    )

    assert raised == [None, None]
    assert queries.current_phase(running).extra_seconds == 120


def test_a_pause_by_both_is_one_pause(running, both):
    at_once(*(lambda by=by: actions.pause(running, by=by, leave=1) for by in both))

    assert Event.objects.filter(move="pace").count() == 1
    assert queries.current_phase(running).paused_at


def test_the_lead_goes_to_one_of_two_who_take_it(running, both, host):
    leader, one = both
    other = member_of(host)

    at_once(
        *(lambda by=by: actions.take_lead(running, by=by, leave=leader.pk) for by in (one, other))
    )

    running.refresh_from_db()
    assert running.led_by in (one, other)
    assert Event.objects.filter(move="lead").count() == 1


def test_the_same_notes_merged_by_both_are_merged_once(running, both):
    notes = [note.pk for note in ContributionFactory.create_batch(2, lab=running)]
    words = actions.Words("Dela först", Kind.PROPOSAL)

    raised = at_once(
        *(
            lambda by=by: actions.merge(running, words, sources=notes, by=by, key=uuid4())
            for by in both
        )
    )

    assert len([error for error in raised if error]) == 1
    assert running.contributions.filter(merged__isnull=False).distinct().count() == 1


def test_a_card_typed_in_by_both_is_there_once(running, both):
    code = cards.code_of(running.pk, 3)

    raised = at_once(
        *(
            lambda by=by: actions.type_in(running, actions.Words("Sanda"), card=code, by=by)
            for by in both
        )
    )

    assert raised == [None, None]
    assert running.contributions.filter(card=code).count() == 1


def test_announcements_of_both_are_numbered_without_a_gap(running, both):
    at_once(
        lambda: actions.show_results(running, by=both[0]),
        lambda: actions.pause(running, by=both[1], leave=1),
    )

    numbers = list(Announcement.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_lab_closed_by_both_is_closed_once(running, both):
    raised = at_once(*(lambda by=by: actions.close(running, by=by, why="Brand") for by in both))

    assert len([error for error in raised if error]) == 1
    running.refresh_from_db()
    assert running.state == State.CLOSED
    assert Event.objects.filter(move="close").count() == 1
