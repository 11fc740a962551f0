from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from hakapa.accounts.tests.factories import officer_of
from hakapa.commitments import actions, queries, tasks
from hakapa.commitments.actions import Report
from hakapa.commitments.lifecycle import State
from hakapa.commitments.models import Commitment, Outcome, Reminder
from hakapa.commitments.standing import Standing
from hakapa.commitments.tests.conftest import LAB_DAY
from hakapa.commitments.tests.factories import CommitmentFactory
from hakapa.commitments.tests.test_120_days import START, day, morning
from hakapa.kernel import schedule
from hakapa.process.models import Event


@pytest.fixture
def taken(commitment, officer):
    return actions.take(commitment, by=officer, next_step="Ring", due=day(60), at=LAB_DAY)


def test_a_days_work_says_how_much_it_did(taken):
    assert tasks.remind(morning(30)) == 1
    assert tasks.remind(morning(30)) == 0
    assert tasks.return_parked(morning(30)) == 0
    assert Event.objects.get(move="remind").at == morning(30)


def test_the_worker_does_it_every_morning(taken):
    done = schedule.do_what_is_due(morning(30))

    assert {"hakapa.commitments.tasks.remind", "hakapa.commitments.tasks.return_parked"} <= {*done}
    assert Reminder.objects.get().milestone == "after_30"


def test_everybody_sees_that_it_is_late_from_the_first_day(taken, client):
    with time_machine.travel(morning(61), tick=False):
        late = queries.standing_is(Standing.LATE)
        assert queries.visible_to(AnonymousUser()).filter(late).get() == taken
        for path in ("/ataganden/", f"/ataganden/{taken.pk}/", "/ataganden/redovisning/"):
            assert "försenad" in client.get(path).text or "försenat" in client.get(path).text
        tasks.remind(morning(61))
        assert "rapporterade inte i tid" in client.get("/ataganden/atom.xml").text


def test_an_answer_given_meanwhile_wins_over_the_return(commitment, officer, monkeypatch):
    actions.park(commitment, by=officer, next_step="Vänta", due=day(40), at=LAB_DAY)
    listed = list(queries.parked_until(day(40)))
    actions.take(commitment, by=officer, next_step="Ring", due=day(60), at=LAB_DAY)
    monkeypatch.setattr(queries, "parked_until", lambda _today: listed)

    assert tasks.return_parked(morning(40)) == 0
    assert Commitment.objects.get(pk=commitment.pk).state == State.TAKEN


def test_a_promise_settled_meanwhile_is_not_spoken_of(taken, officer):
    actions.report(taken, Report(Outcome.KEPT, "Klart"), by=officer, at=LAB_DAY)

    assert actions.remind(taken, at=morning(61)) == []


def test_what_has_no_date_has_no_milestones(commitment):
    assert queries.milestones(Commitment(state=State.TAKEN, due=date(2026, 1, 1)), START) == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_days_list_takes_the_same_queries_however_long(db, count, django_assert_num_queries):
    for one in CommitmentFactory.create_batch(count):
        by = officer_of(one.receiver)
        actions.take(one, by=by, next_step="Ring", due=day(9), at=LAB_DAY)

    with django_assert_num_queries(2):  # promises, their reminders
        assert len(queries.spoken_of(day(6))) == count
