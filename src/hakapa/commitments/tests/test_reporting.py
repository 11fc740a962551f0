from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from hakapa.accounts.tests.factories import member_of
from hakapa.challenges import actions as challenges
from hakapa.challenges.models import Measurement
from hakapa.commitments import actions
from hakapa.commitments.actions import Report
from hakapa.commitments.models import FollowUp, Outcome
from hakapa.kernel.lifecycle import TooLateError
from hakapa.kernel.tests.pages import address
from hakapa.process.queries import history_of

pytestmark = pytest.mark.usefixtures("in_may")

ALL = {
    "outcome": "kept", "happened": "Vi ringde", "effect": "17,5", "learned": "Ring tidigare",
    "right_thing": "yes", "right_way": "no",
}  # fmt: skip


@pytest.fixture
def goal(promise):
    challenge = promise.proposal.challenge
    return challenges.set_goal(
        challenge, by=member_of(challenge.owner), measure="Fall på gångvägar", unit="fall",
        baseline=30, baseline_on=date(2025, 12, 31), target=10, target_on=date(2027, 1, 1),
    )  # fmt: skip


def test_five_questions_are_answered_on_one_page(client, promise, officer, goal):
    client.force_login(officer)
    asked = client.get(f"/ataganden/{promise.pk}/rapportera/").text
    assert "Fall på gångvägar, räknat i fall." in asked

    client.post(f"/ataganden/{promise.pk}/rapportera/", ALL)

    report = FollowUp.objects.get()
    assert (report.happened, report.learned) == ("Vi ringde", "Ring tidigare")
    assert (report.right_thing, report.right_way) == ("yes", "no")
    measured = Measurement.objects.get()
    assert report.measurement == measured
    assert (measured.goal, measured.value) == (goal, Decimal("17.50"))
    assert measured.measured_on == date(2026, 5, 20)
    event = history_of(goal.challenge).get(move="measure", organisation=promise.receiver)
    assert event.actor is None
    text = client.get(address("commitments:detail", promise.pk)).text
    for words in ("Fall på gångvägar", "17.50 fall", "Ring tidigare"):
        assert words in text
    assert client.get(f"/api/v1/commitments/{promise.pk}").json()["follow_ups"][0]["effect"] == 17.5


def test_a_day_that_has_a_value_gets_no_second_and_nothing_is_lost(client, promise, officer, goal):
    challenges.read_measure(
        goal.challenge, value=Decimal(20), note="", organisation=promise.receiver
    )
    client.force_login(officer)

    text = client.post(address("commitments:report", promise.pk), {**ALL, "effect": "17"}).text

    assert 'id="id_effect_error"' in text
    assert "There is already a value for that day." in text
    assert "Ring tidigare" in text
    assert not FollowUp.objects.exists()


def test_without_a_goal_no_effect_is_asked_for(client, promise, officer):
    client.force_login(officer)
    path = address("commitments:report", promise.pk)
    assert "id_effect" not in client.get(path).text

    client.post(path, ALL)

    assert FollowUp.objects.get().measurement is None


def test_a_value_needs_a_goal(promise, officer):
    with pytest.raises(TooLateError):
        actions.report(promise, Report(Outcome.KEPT, "Klart", effect=Decimal(3)), by=officer)


def test_what_was_not_done_says_what_stood_in_the_way(client, promise, officer):
    client.force_login(officer)
    path = address("commitments:report", promise.pk)
    failed = {**ALL, "outcome": "not_kept"}
    assert 'id="id_barrier_error"' in client.post(path, failed).text
    with pytest.raises(ValidationError, match="barrier"):
        actions.report(promise, Report(Outcome.NOT_KEPT, "Nej"), by=officer)

    client.post(path, {**failed, "barrier": "supplier"})

    assert FollowUp.objects.get().barrier == "supplier"
    assert history_of(promise).get(move="give_up").details["barrier"] == "supplier"
    text = client.get(address("commitments:detail", promise.pk)).text
    assert "What stood in the way" in text
    assert "Supplier" in text


def test_what_was_done_has_no_barrier_even_if_one_is_sent(promise, officer):
    told = Report(Outcome.KEPT, "Klart", barrier="money")

    assert actions.report(promise, told, by=officer).barrier == ""
