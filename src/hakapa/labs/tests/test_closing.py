from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hakapa.kernel.tests.pages import address, words_of
from hakapa.labs import actions, closing, queries, tasks
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab
from hakapa.labs.tests.factories import LabFactory
from hakapa.process.models import Event

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def answers(monkeypatch):
    """Return who has answered, as a later step would tell it."""
    told: set[int] = set()
    monkeypatch.setattr(closing, "_tellers", [lambda _lab: told])
    return told


@pytest.fixture
def last(running, leader):
    for position in range(1, 6):
        actions.step(running, by=leader, leave=position)
    return running


def test_the_last_phase_asks_for_each_answer_or_why_it_is_missing(last, leader, receiver, answers):
    with pytest.raises(ValidationError, match="Örebro"):
        actions.close(last, by=leader)
    with pytest.raises(ValidationError, match="Örebro"):
        actions.close(last, by=leader, missing={receiver.pk: ""})

    lab = actions.close(last, by=leader, missing={receiver.pk: "Svarar på fredag"})
    (missing,) = queries.ending(lab).missing
    assert (missing.receiver.organisation, missing.why) == (receiver, "Svarar på fredag")


def test_with_all_answers_given_nothing_is_asked(last, leader, receiver, answers):
    answers.add(receiver.pk)

    lab = actions.close(last, by=leader)
    assert queries.ending(lab) == queries.Ending("", [])


def test_closing_early_needs_one_reason_and_no_more(running, leader, answers):
    with pytest.raises(ValidationError, match="before its last phase"):
        actions.close(running, by=leader)

    lab = actions.close(running, by=leader, why="Brandlarm")
    assert queries.ending(lab).why == "Brandlarm"
    assert [missing.why for missing in queries.ending(lab).missing] == ["Brandlarm"]
    assert Event.objects.get(move="close").details == {"why": "Brandlarm", "missing": {}}


def test_who_answers_afterwards_is_no_longer_told_as_missing(closed, receiver, answers):
    assert queries.ending(closed).missing
    answers.add(receiver.pk)

    assert queries.ending(closed).missing == []


def test_a_lab_that_goes_on_has_no_ending(running):
    assert queries.ending(running) is None


def test_closing_is_for_those_who_lead(running, outsider):
    with pytest.raises(PermissionDenied):
        actions.close(running, by=outsider, why="x")


def test_a_pause_at_the_end_is_a_pause_when_it_is_taken_up(running, leader):
    actions.pause(running, by=leader, leave=1)
    actions.close(running, by=leader, why="Brandlarm")
    actions.resume(running, by=leader)

    phase = queries.current_phase(running)
    assert phase.paused_at is not None
    assert phase.extra_seconds == 0


def test_the_page_asks_what_is_missing(client, last, leader, receiver, answers):
    client.force_login(leader)
    url = address("labs:close", last.pk)
    assert "Why has gatuchef, Örebro not answered?" in words_of(client.get(url))
    assert "Nothing you wrote is lost" in words_of(client.post(url, {}))

    client.post(url, {f"missing_{receiver.pk}": "Svarar på fredag"})
    last.refresh_from_db()
    assert last.state == State.CLOSED
    report = words_of(client.get(address("labs:report", last.pk)))
    assert "gatuchef, Örebro : Svarar på fredag" in report
    assert "everybody who had the code could take a seat" in report


def test_the_page_says_when_everybody_has_answered(client, last, leader, receiver, answers):
    answers.add(receiver.pk)
    client.force_login(leader)
    url = address("labs:close", last.pk)

    assert "Every receiver has answered" in words_of(client.get(url))
    assert client.post(url).url == address("labs:detail", last.pk)


def test_the_page_asks_one_reason_of_a_lab_that_is_closed_early(client, running, leader):
    client.force_login(leader)
    url = address("labs:close", running.pk)
    assert "Why is the lab closed now?" in words_of(client.get(url))

    client.post(url, {"why": "Brandlarm"})
    page = words_of(client.get(address("labs:detail", running.pk)))
    assert "Closed before the last phase: Brandlarm" in page


def test_a_lab_for_days_ends_by_itself_when_its_time_is_up(running, leader):
    now = timezone.now()
    assert tasks.end_what_has_run_out(now) is None
    Lab.objects.update(open_until=now)
    tasks.end_what_has_run_out(now - timedelta(seconds=1))
    assert Lab.objects.get().state == State.RUNNING
    tasks.end_what_has_run_out(now)

    ended = Lab.objects.get()
    assert (ended.state, queries.current_phase(ended)) == (State.CLOSED, None)
    assert ended.report_back_on == (now + timedelta(days=90)).date()
    assert DBTaskResult.objects.filter(task_path="hakapa.labs.tasks.draw_map").exists()


def test_a_lab_without_a_run_sheet_is_closed_and_taken_up_too(leader, host):
    lab = actions.close(LabFactory.create(host=host), by=leader)

    assert actions.resume(lab, by=leader).state == State.RUNNING
    assert queries.current_phase(lab) is None
