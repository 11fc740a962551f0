"""A promise walks through 120 days in every way it can go; the clock is turned day by day."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from hakapa.commitments import actions, queries, tasks
from hakapa.commitments.actions import Answer, Report
from hakapa.commitments.lifecycle import State
from hakapa.commitments.models import Commitment, Outcome, Reminder
from hakapa.commitments.standing import Standing, standing
from hakapa.commitments.tests.conftest import LAB_DAY
from hakapa.process.models import Event
from hakapa.process.queries import history_of

START = LAB_DAY.date()
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def day(number):
    return START + timedelta(number)


def morning(number):
    return datetime.combine(day(number), time(8), STOCKHOLM)


class Walk:
    """The days of a promise: what was told on which, with every day's work done twice."""

    def __init__(self, commitment):
        self.pk = commitment.pk
        self.told = {}

    def until(self, last, **deeds):
        """Let the days pass; on the days named, do the deed first."""
        deeds = {int(name.removeprefix("day_")): deed for name, deed in deeds.items()}
        first = max(self.told, default=0) + 1
        for number in range(first, last + 1):
            with time_machine.travel(morning(number), tick=False):
                if number in deeds:
                    deeds[number](self.promise)
                before = set(Reminder.objects.values_list("pk", flat=True))
                tasks.return_parked(morning(number))
                tasks.remind(morning(number))
                tasks.remind(morning(number))
                new = Reminder.objects.exclude(pk__in=before)
                self.told[number] = sorted(new.values_list("milestone", flat=True))
        return self

    @property
    def promise(self):
        return Commitment.objects.get(pk=self.pk)

    @property
    def days(self):
        return {number: told for number, told in self.told.items() if told}

    def stands(self, number):
        return standing(self.promise, day(number))


@pytest.fixture
def walk(commitment):
    return Walk(commitment)


@pytest.fixture
def taken(walk, officer):
    actions.take(walk.promise, by=officer, next_step="Ring", due=day(60), at=LAB_DAY)
    return walk


ALL_REMINDERS = {
    30: ["after_30"],
    46: ["due_in_14"],
    57: ["due_in_3"],
    60: ["after_60"],
    61: ["late"],
    90: ["after_90"],
}


def test_a_promise_that_nobody_sees_to_is_spoken_of_six_times_and_late_from_day_61(taken):
    taken.until(60)
    assert taken.stands(60) == Standing.ON_ITS_WAY

    taken.until(120)

    assert taken.days == ALL_REMINDERS
    assert taken.stands(61) == taken.stands(120) == Standing.LATE
    late = Event.objects.get(move="late")
    assert (late.organisation, late.actor) == (taken.promise.receiver, None)
    challenge = taken.promise.proposal.challenge
    assert late.details["challenger"] == challenge.owner_id
    assert Event.objects.filter(move="remind").count() == 5


def test_a_promise_kept_on_day_50_is_spoken_of_no_more(taken, officer):
    done = Report(Outcome.KEPT, "Vi ringde")
    taken.until(120, day_50=lambda promise: actions.report(promise, done, by=officer))

    assert taken.days == {30: ["after_30"], 46: ["due_in_14"]}
    assert taken.stands(120) == Standing.KEPT


def test_a_promise_not_kept_says_what_stood_in_the_way_and_may_be_made_anew(taken, officer):
    failed = Report(Outcome.NOT_KEPT, "Pengarna tog slut", barrier="money")
    again = Answer("take", "Ring igen", day(110), mandate="unclear")
    taken.until(
        120,
        day_62=lambda promise: actions.report(promise, failed, by=officer),
        day_80=lambda promise: actions.answer(promise, again, by=officer),
    )

    assert taken.days == {
        **{number: ALL_REMINDERS[number] for number in (30, 46, 57, 60, 61)},
        96: ["due_in_14"],
        107: ["due_in_3"],
        110: ["after_30"],
        111: ["late"],
    }
    assert taken.promise.follow_ups.get().barrier == "money"
    assert taken.promise.is_unclear


def test_a_date_moved_in_time_makes_it_late_later_and_keeps_the_old_date_in_the_open(
    taken, officer
):
    why = "Upphandlingen drar ut"
    taken.until(
        120,
        day_55=lambda p: actions.change_date(p, due=day(100), why=why, by=officer),
    )

    assert taken.days == {
        30: ["after_30"],
        46: ["due_in_14"],
        60: ["after_60"],
        86: ["due_in_14"],
        90: ["after_90"],
        97: ["due_in_3"],
        101: ["late"],
    }
    moved = history_of(taken.promise).get(move="change_date")
    assert moved.details == {"due_before": str(day(60)), "due_after": str(day(100)), "why": why}


def test_a_late_promise_with_a_new_date_is_on_its_way_until_that_day(taken, officer):
    going = Report(Outcome.GOING_ON, "Halva är gjord", due_after=day(80))
    taken.until(70, day_70=lambda promise: actions.report(promise, going, by=officer))
    assert taken.stands(70) == Standing.ON_ITS_WAY

    taken.until(120)

    assert taken.days[77] == ["due_in_3"]
    assert taken.days[81] == ["late"]
    assert 66 not in taken.days, "ten days before the new date was not set yet"
    assert Event.objects.filter(move="late").count() == 2


def test_what_hops_on_is_followed_like_any_promise(walk, officer):
    actions.hop_on(walk.promise, by=officer, next_step="Låna", due=day(60), at=LAB_DAY)

    assert walk.until(120).days == ALL_REMINDERS


def test_what_is_parked_comes_back_by_itself_and_waits_for_an_answer(walk, officer):
    actions.park(walk.promise, by=officer, next_step="Vänta på budget", due=day(40), at=LAB_DAY)

    walk.until(39)
    assert walk.promise.state == State.PARKED
    walk.until(120)

    assert walk.days == {}
    asked = walk.promise
    assert (asked.state, asked.due, asked.next_step) == (State.ASKED, None, "")
    back = history_of(asked).get(move="return_from_parking")
    assert back.at.astimezone(STOCKHOLM).date() == day(40)
    assert back.details == {"waited_for": "Vänta på budget", "waited_until": str(day(40))}
    assert asked.proposal.state == "open"
    assert asked in queries.waiting_for(officer)


@pytest.mark.parametrize("move", ["ask", "decline"])
def test_what_is_not_promised_is_never_spoken_of(walk, officer, move):
    if move == "decline":
        actions.decline(walk.promise, by=officer, reason="Budgeten var satt", at=LAB_DAY)

    assert walk.until(120).days == {}
    assert walk.stands(120) in (Standing.UNANSWERED, Standing.DECLINED)


def test_a_short_promise_is_not_reminded_of_days_that_had_passed_when_it_was_made(walk, officer):
    actions.take(walk.promise, by=officer, next_step="Ring", due=day(7), at=LAB_DAY)

    assert walk.until(10).days == {4: ["due_in_3"], 8: ["late"]}


def test_a_worker_that_stood_still_tells_what_it_missed_but_not_what_is_long_past(taken):
    taken.until(44)
    for number in range(45, 100):
        taken.told[number] = []

    taken.until(101)

    assert taken.days == {30: ["after_30"], 100: ["late"]}
    assert 90 not in taken.days, "ten days is longer than the grace"
