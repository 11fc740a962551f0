from datetime import date, timedelta

import pytest
import time_machine
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from hakapa.commitments import queries
from hakapa.commitments.lifecycle import WAITING, State
from hakapa.commitments.models import Commitment
from hakapa.commitments.standing import Standing, pill, standing, when
from hakapa.commitments.tests.conftest import DUE

BEFORE, AFTER = DUE - timedelta(1), DUE + timedelta(6)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def at(state, due=DUE):
    return Commitment(state=state, due=due)


@pytest.mark.parametrize("state", WAITING)
def test_what_waits_is_late_from_the_day_after_its_date(state):
    assert at(state).days_late(DUE) == 0
    assert at(state).days_late(DUE + timedelta(1)) == 1
    assert standing(at(state), DUE) != Standing.LATE
    assert standing(at(state), DUE + timedelta(1)) == Standing.LATE


@pytest.mark.parametrize("state", [s for s in State if s not in WAITING])
def test_what_does_not_wait_is_never_late(state):
    assert at(state).days_late(AFTER) == 0


def test_what_has_no_date_is_not_late():
    assert at(State.ASKED, None).days_late(AFTER) == 0


def test_lateness_is_counted_by_the_day_in_sweden():
    promise = at(State.TAKEN)
    with time_machine.travel("2026-06-01T21:59:00Z", tick=False):
        assert promise.days_late() == 0
    with time_machine.travel("2026-06-01T22:01:00Z", tick=False):
        assert promise.days_late() == 1


@pytest.mark.parametrize(
    ("state", "today", "text", "tone"),
    [
        (State.ASKED, BEFORE, "not answered", "neutral"),
        (State.TAKEN, BEFORE, "on its way", "sea"),
        (State.HOPPED_ON, BEFORE, "hops on", "sea"),
        (State.PARKED, BEFORE, "parked", "sun"),
        (State.DECLINED, BEFORE, "declined", "neutral"),
        (State.KEPT, AFTER, "kept", "moss"),
        (State.NOT_KEPT, AFTER, "not kept", "rose"),
        (State.TAKEN, AFTER, "6 days late", "rose"),
        (State.HOPPED_ON, DUE + timedelta(1), "1 day late", "rose"),
        (State.PARKED, AFTER, "6 days late", "rose"),
    ],
)
def test_the_pill_says_how_it_stands(state, today, text, tone):
    shown = pill(at(state), today)

    assert (shown.text, shown.tone) == (text, tone)


def test_the_pill_is_of_today_when_no_day_is_named():
    with time_machine.travel("2026-06-07T10:00:00Z", tick=False):
        assert pill(at(State.TAKEN)).text == "6 days late"


@pytest.mark.parametrize(
    ("state", "today", "text"),
    [
        (State.TAKEN, BEFORE, "reports no later than"),
        (State.TAKEN, AFTER, "was to report"),
        (State.PARKED, BEFORE, "taken up again"),
        (State.PARKED, AFTER, "was to be taken up again"),
    ],
)
def test_when_tells_the_date_as_a_sentence(state, today, text):
    assert when(at(state), today).startswith(text)


@pytest.mark.parametrize("state", [State.KEPT, State.NOT_KEPT, State.DECLINED])
def test_what_is_settled_has_no_date_to_wait_for(state):
    assert when(at(state)) == ""


def test_what_has_no_date_tells_none():
    assert when(at(State.ASKED, None)) == ""


@given(
    state=st.sampled_from(State),
    due=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    today=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_late_is_either_and_never_both(state, due, today):
    is_late = standing(at(state, due), today) == Standing.LATE

    assert is_late == (state in WAITING and today > due)


@pytest.mark.django_db
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("today", [BEFORE, DUE, AFTER])
def test_the_database_counts_a_standing_as_python_says_it(commitment, state, today):
    Commitment.objects.filter(pk=commitment.pk).update(
        state=state,
        due=None if state in (State.ASKED, State.DECLINED) else DUE,
        next_step="Ring",
        answered_on=BEFORE,
    )
    commitment.refresh_from_db()

    stands = [
        s
        for s in Standing
        if Commitment.objects.filter(queries.standing_is(s, today), pk=commitment.pk).exists()
    ]
    assert stands == [standing(commitment, today)]
