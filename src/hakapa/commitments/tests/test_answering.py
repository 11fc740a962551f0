from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hakapa.accounts.tests.factories import member_of
from hakapa.commitments import actions
from hakapa.commitments.lifecycle import State
from hakapa.commitments.models import Commitment, FollowUp, Outcome
from hakapa.commitments.tests.conftest import LAB_DAY
from hakapa.labs.lifecycle import State as LabState
from hakapa.labs.models import Lab
from hakapa.proposals import actions as proposals

LONG = "Detta skrev jag länge på innan jag skickade"


def at(commitment, name):
    path = reverse(f"commitments:{name}", args=[commitment.pk])
    return path if path.startswith("/en/") else f"/en{path}"


def in_days(days):
    return (timezone.localdate() + timedelta(days)).isoformat()


@pytest.fixture
def given():
    return {
        "move": "take",
        "next_step": "Ring",
        "due": in_days(30),
        "mandate": "unclear",
        "reason": "",
        "role": "Chef",
    }


@pytest.fixture
def promise(commitment, officer):
    due = timezone.localdate() + timedelta(30)
    return actions.take(commitment, by=officer, next_step="Ring", due=due)


@pytest.mark.parametrize(
    ("move", "state"),
    [("take", State.TAKEN), ("hop_on", State.HOPPED_ON), ("park", State.PARKED)],
)
def test_a_receiver_answers_in_one_form(client, commitment, officer, given, move, state):
    client.force_login(officer)

    response = client.post(at(commitment, "answer"), {**given, "move": move})

    commitment.refresh_from_db()
    assert response.url == f"/en{reverse('commitments:detail', args=[commitment.pk])}".replace(
        "/en/en/", "/en/"
    )
    assert (commitment.state, commitment.next_step, commitment.role) == (state, "Ring", "Chef")
    assert (commitment.due.isoformat(), commitment.language) == (in_days(30), "en")
    assert commitment.mandate == ("" if move == "park" else "unclear")


def test_a_no_needs_a_reason_and_nothing_else(client, commitment, officer):
    client.force_login(officer)
    no = {"move": "decline", "next_step": "", "due": "snart", "role": ""}

    assert 'id="id_reason_error"' in client.post(at(commitment, "answer"), no).text

    client.post(at(commitment, "answer"), {**no, "reason": "Budgeten var satt"})
    commitment.refresh_from_db()
    assert (commitment.state, commitment.due) == (State.DECLINED, None)
    assert commitment.role == "Digitaliseringschef"


@pytest.mark.parametrize(
    ("field", "value"),
    [("next_step", ""), ("due", ""), ("due", "snart"), ("due", in_days(-1)), ("move", "keep")],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(
    client, commitment, officer, given, field, value
):
    client.force_login(officer)

    response = client.post(
        at(commitment, "answer"), {**given, "role": LONG, "reason": "", field: value}
    )

    assert response.status_code == 200
    assert f'id="id_{field}_error"' in response.text
    assert LONG in response.text
    commitment.refresh_from_db()
    assert commitment.state == State.ASKED


def test_only_what_is_missing_for_the_chosen_answer_is_asked_for(client, commitment, officer):
    client.force_login(officer)

    response = client.post(at(commitment, "answer"), {"move": "take"})

    wrong = set(response.context["form"].errors)
    assert wrong == {"next_step", "due", "mandate"}


def test_before_an_answer_is_chosen_nothing_else_is_asked_for(client, commitment, officer):
    client.force_login(officer)

    response = client.post(at(commitment, "answer"), {"role": ""})

    assert set(response.context["form"].errors) == {"move"}


def test_the_form_offers_only_the_answers_that_are_left(client, commitment, officer, given):
    client.force_login(officer)
    client.post(at(commitment, "answer"), {**given, "move": "park"})

    text = client.get(at(commitment, "answer")).text

    assert 'value="take"' in text
    assert 'value="park"' not in text


def test_who_does_not_speak_for_the_receiver_does_not_answer(
    client, commitment, given, leader, member
):
    url = at(commitment, "answer")
    assert "/konto/" in client.post(url, given).url
    client.force_login(member)
    assert client.post(url, given).status_code == 404
    for user in (leader, member_of(commitment.receiver)):
        client.force_login(user)
        assert client.get(url).status_code == 403
        assert client.post(url, given).status_code == 403
    Lab.objects.filter(pk=commitment.proposal.lab_id).update(state=LabState.CLOSED)
    client.force_login(member)
    assert client.post(url, given).status_code == 403


def test_an_answer_given_meanwhile_is_told_in_plain_words(client, promise, officer, given):
    client.force_login(officer)

    response = client.post(at(promise, "answer"), {**given, "next_step": LONG})

    assert response.status_code == 409
    assert LONG in response.text


def test_what_no_longer_stands_is_not_answered(client, commitment, officer, given, leader):
    actions.decline(commitment, by=officer, reason="Nej", at=LAB_DAY)
    proposals.withdraw(commitment.proposal, by=leader, why="Den gjordes redan")
    client.force_login(officer)

    assert client.post(at(commitment, "answer"), given).status_code == 409
    assert at(commitment, "answer") not in client.get(at(commitment, "detail")).text


@pytest.fixture
def told():
    return {"outcome": "kept", "happened": "Vi ringde", "right_thing": "yes", "right_way": "no"}


def test_a_receiver_tells_how_it_went(client, promise, officer, told):
    client.force_login(officer)
    assert client.get(at(promise, "report")).status_code == 200

    response = client.post(at(promise, "report"), told)

    assert response.status_code == 302
    report = FollowUp.objects.get()
    assert (report.outcome, report.right_thing, report.right_way) == ("kept", "yes", "no")
    assert report.language == "en"
    assert Commitment.objects.get(pk=promise.pk).state == State.KEPT


def test_the_two_questions_may_be_left_open(client, promise, officer):
    client.force_login(officer)

    client.post(
        at(promise, "report"),
        {"outcome": "not_kept", "happened": "Det gick inte", "barrier": "law"},
    )

    report = FollowUp.objects.get()
    assert (report.right_thing, report.barrier) == ("", "law")


def test_what_goes_on_needs_a_new_date(client, promise, officer, told):
    client.force_login(officer)
    going = {**told, "outcome": "going_on"}

    for due_after in ("", "snart", in_days(0)):
        text = client.post(at(promise, "report"), {**going, "due_after": due_after}).text
        assert 'id="id_due_after_error"' in text
        assert "Vi ringde" in text

    client.post(at(promise, "report"), {**going, "due_after": in_days(60)})
    assert str(Commitment.objects.get(pk=promise.pk).due) == in_days(60)


@pytest.mark.parametrize("field", ["outcome", "happened"])
def test_a_report_says_what_is_missing(client, promise, officer, told, field):
    client.force_login(officer)

    text = client.post(at(promise, "report"), {**told, field: ""}).text

    assert f'id="id_{field}_error"' in text
    assert not FollowUp.objects.exists()


def test_who_does_not_speak_for_the_receiver_does_not_report(client, promise, told, member):
    url = at(promise, "report")
    assert "/konto/" in client.post(url, told).url
    client.force_login(member)
    assert client.post(url, told).status_code == 403


def test_only_a_promise_is_reported_on(client, commitment, officer, told):
    client.force_login(officer)

    assert client.post(at(commitment, "report"), told).status_code == 409


def test_a_promise_that_was_not_kept_may_be_made_anew(client, promise, officer, given):
    actions.report(promise, actions.Report(Outcome.NOT_KEPT, "Nej", barrier="timing"), by=officer)
    client.force_login(officer)
    assert at(promise, "answer") in client.get(at(promise, "detail")).text

    client.post(at(promise, "answer"), given)

    assert Commitment.objects.get(pk=promise.pk).state == State.TAKEN
