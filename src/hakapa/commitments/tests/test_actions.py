from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hakapa.accounts.tests.factories import member_of
from hakapa.commitments import actions
from hakapa.commitments.actions import Answer, Report
from hakapa.commitments.lifecycle import State
from hakapa.commitments.models import Commitment, FollowUp, Outcome
from hakapa.commitments.tests.conftest import DUE, LAB_DAY
from hakapa.kernel.lifecycle import MoveNotAllowedError, TooLateError
from hakapa.process.models import Event
from hakapa.process.queries import history_of
from hakapa.proposals import actions as proposals

NEXT = "Ring grannkommunen"
LATER = datetime(2026, 6, 7, 9, tzinfo=ZoneInfo("Europe/Stockholm"))
DONE = Report(Outcome.KEPT, "Vi ringde, och de svarade.")
PROMISES = {"take": State.TAKEN, "hop_on": State.HOPPED_ON, "park": State.PARKED}


@pytest.fixture
def promise(commitment, officer):
    return actions.take(commitment, by=officer, next_step=NEXT, due=DUE, at=LAB_DAY)


def test_asking_twice_is_asking_once(commitment):
    again = actions.ask(commitment.proposal, receiver=commitment.receiver, role="Någon annan")

    assert (again, again.role) == (commitment, "Digitaliseringschef")
    assert [event.move for event in history_of(commitment)] == ["ask"]


@pytest.mark.parametrize(("name", "state"), PROMISES.items())
def test_an_answer_keeps_its_next_step_and_its_date(commitment, officer, name, state):
    do = getattr(actions, name)
    answered = do(commitment, by=officer, next_step=NEXT, due=DUE, at=LAB_DAY)

    answered.refresh_from_db()
    assert (answered.state, answered.next_step, answered.due) == (state, NEXT, DUE)
    assert answered.answered_on == LAB_DAY.date()
    event = history_of(answered)[0]
    assert (event.move, event.actor, event.at) == (name, officer, LAB_DAY)
    assert event.organisation == commitment.receiver
    assert event.details == {"next_step": NEXT, "due": "2026-06-01"}


def test_decline_keeps_its_reason_and_nothing_of_an_earlier_answer(commitment, officer):
    actions.park(commitment, by=officer, next_step="Vänta på budget", due=DUE, at=LAB_DAY)

    declined = actions.decline(commitment, by=officer, reason="Budgeten var satt", at=LAB_DAY)

    assert (declined.state, declined.reason) == (State.DECLINED, "Budgeten var satt")
    assert (declined.next_step, declined.due) == ("", None)
    assert [e.details for e in history_of(declined)][:2] == [
        {"reason": "Budgeten var satt"},
        {"next_step": "Vänta på budget", "due": "2026-06-01"},
    ]


def test_a_promise_after_a_no_drops_the_reason(commitment, officer):
    actions.decline(commitment, by=officer, reason="Budgeten var satt", at=LAB_DAY)

    taken = actions.take(commitment, by=officer, next_step=NEXT, due=DUE, at=LAB_DAY)

    assert (taken.state, taken.reason) == (State.TAKEN, "")


def test_an_answer_may_say_in_which_role(commitment, officer):
    given = Answer("take", NEXT, DUE, role="Gatuchef")

    assert actions.answer(commitment, given, by=officer, at=LAB_DAY).role == "Gatuchef"


def test_an_answer_without_a_role_leaves_the_invited_one(promise):
    assert promise.role == "Digitaliseringschef"


@pytest.mark.parametrize("name", PROMISES)
def test_a_promise_says_what_is_missing(commitment, officer, name):
    with pytest.raises(ValidationError) as refusal:
        actions.answer(commitment, Answer(name), by=officer)

    assert set(refusal.value.message_dict) == {"next_step", "due"}
    commitment.refresh_from_db()
    assert commitment.state == State.ASKED


def test_a_no_needs_a_reason(commitment, officer):
    with pytest.raises(ValidationError, match="reason"):
        actions.decline(commitment, by=officer, reason="")


@pytest.mark.parametrize("move", ["keep", "give_up", "steal", ""])
def test_only_the_four_answers_are_answers(promise, officer, move):
    with pytest.raises(ValidationError, match="move"):
        actions.answer(promise, Answer(move, NEXT, DUE, "För att"), by=officer, at=LAB_DAY)


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30
)
@given(days=st.integers(-400, 400))
def test_a_promise_is_dated_from_its_day_on(commitment, officer, days):
    Commitment.objects.filter(pk=commitment.pk).update(state=State.ASKED, due=None)
    due = LAB_DAY.date() + timedelta(days)

    if days < 0:
        with pytest.raises(ValidationError, match="due"):
            actions.take(commitment, by=officer, next_step=NEXT, due=due, at=LAB_DAY)
    else:
        taken = actions.take(commitment, by=officer, next_step=NEXT, due=due, at=LAB_DAY)
        assert taken.due == due


def test_answers_are_for_who_speaks_for_the_receiver(commitment, leader, other_officer):
    colleague = member_of(commitment.receiver)

    for user in (colleague, leader, other_officer):
        with pytest.raises(PermissionDenied):
            actions.take(commitment, by=user, next_step=NEXT, due=DUE, at=LAB_DAY)


@pytest.mark.parametrize("name", ["park", "decline"])
def test_a_promise_is_not_taken_back_by_another_answer(promise, officer, name):
    given = Answer(name, NEXT, DUE, "För att")

    with pytest.raises(MoveNotAllowedError):
        actions.answer(promise, given, by=officer, at=LAB_DAY)


def test_what_no_longer_stands_is_not_answered(commitment, officer, leader):
    proposals.withdraw(commitment.proposal, by=leader, why="Den gjordes redan")

    with pytest.raises(TooLateError):
        actions.take(commitment, by=officer, next_step=NEXT, due=DUE, at=LAB_DAY)


@pytest.mark.parametrize(
    ("outcome", "state"), [(Outcome.KEPT, State.KEPT), (Outcome.NOT_KEPT, State.NOT_KEPT)]
)
def test_a_report_settles_the_promise(promise, officer, outcome, state):
    told = Report(outcome, "Så gick det", right_thing="yes", right_way="no", barrier="money")

    follow_up = actions.report(promise, told, by=officer, at=LATER)

    promise.refresh_from_db()
    assert (promise.state, promise.due) == (state, DUE)
    assert (follow_up.due_before, follow_up.due_after) == (DUE, None)
    assert (follow_up.right_thing, follow_up.right_way) == ("yes", "no")
    assert follow_up.reported_on == LATER.date()


def test_a_settled_report_ignores_a_new_date(promise, officer):
    told = Report(Outcome.KEPT, "Klart", due_after=date(2027, 1, 1))

    assert actions.report(promise, told, by=officer, at=LATER).due_after is None


def test_what_goes_on_gets_a_new_date_and_keeps_the_old_one(promise, officer):
    new = date(2026, 9, 1)
    told = Report(Outcome.GOING_ON, "Upphandlingen drar ut", due_after=new)

    follow_up = actions.report(promise, told, by=officer, at=LATER)

    promise.refresh_from_db()
    assert (promise.state, promise.due) == (State.TAKEN, new)
    assert (follow_up.due_before, follow_up.due_after) == (DUE, new)
    event = history_of(promise)[0]
    assert event.move == "postpone"
    assert event.details == {
        "happened": "Upphandlingen drar ut",
        "follow_up": follow_up.pk,
        "due_before": "2026-06-01",
        "due_after": "2026-09-01",
    }


def test_an_early_report_may_leave_the_date_as_it_is(promise, officer):
    told = Report(Outcome.GOING_ON, "Det går bra", due_after=DUE)

    actions.report(promise, told, by=officer, at=LAB_DAY)

    assert history_of(promise)[0].move == "go_on"


@pytest.mark.parametrize("due_after", [None, DUE, LATER.date()])
def test_what_goes_on_needs_a_date_after_today(promise, officer, due_after):
    told = Report(Outcome.GOING_ON, "Snart", due_after=due_after)

    with pytest.raises(ValidationError, match="due_after"):
        actions.report(promise, told, by=officer, at=LATER)
    assert not FollowUp.objects.exists()


def test_a_report_needs_words(promise, officer):
    with pytest.raises(ValidationError, match="happened"):
        actions.report(promise, Report(Outcome.KEPT, ""), by=officer)


def test_reports_are_for_who_speaks_for_the_receiver(promise, other_officer):
    with pytest.raises(PermissionDenied):
        actions.report(promise, DONE, by=other_officer)


@pytest.mark.parametrize("state", [State.ASKED, State.PARKED, State.DECLINED, State.KEPT])
def test_only_a_promise_is_reported_on(promise, officer, state):
    Commitment.objects.filter(pk=promise.pk).update(state=state)

    with pytest.raises(TooLateError):
        actions.report(promise, DONE, by=officer)


def test_a_promise_not_kept_may_be_made_again(promise, officer):
    actions.report(promise, Report(Outcome.NOT_KEPT, "Nej", barrier="timing"), by=officer, at=LATER)

    again = actions.take(promise, by=officer, next_step=NEXT, due=date(2026, 9, 1), at=LATER)

    assert again.state == State.TAKEN


def test_a_refused_answer_leaves_no_trace(commitment, member):
    before = Event.objects.count()

    with pytest.raises(PermissionDenied):
        actions.take(commitment, by=member, next_step=NEXT, due=DUE, at=LAB_DAY)
    assert Event.objects.count() == before
