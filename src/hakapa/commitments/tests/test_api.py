import pytest
import time_machine

from hakapa.commitments import actions
from hakapa.commitments.models import Outcome
from hakapa.commitments.tests.conftest import DUE, LAB_DAY
from hakapa.labs.lifecycle import State as LabState
from hakapa.labs.models import Lab

API = "/api/v1/commitments"


@pytest.fixture
def promise(commitment, officer):
    return actions.take(commitment, by=officer, next_step="Ring grannen", due=DUE, at=LAB_DAY)


def test_the_list_tells_how_each_promise_stands_today(client, promise):
    with time_machine.travel("2026-06-07T10:00:00Z", tick=False):
        (found,) = client.get(API).json()["items"]

    assert (found["id"], found["standing"], found["days_late"]) == (promise.pk, "late", 6)
    assert (found["due"], found["next_step"]) == ("2026-06-01", "Ring grannen")
    assert found["proposal"]["id"] == promise.proposal_id
    assert found["receiver"]["name"] == promise.receiver.name
    assert found["url"] == promise.get_absolute_url()


def test_the_list_is_narrowed(client, promise):
    for query, count in (
        ({"proposal": promise.proposal_id}, 1),
        ({"receiver": promise.receiver_id, "lab": promise.proposal.lab_id}, 1),
        ({"challenge": 0}, 1),
        ({"challenge": promise.proposal.challenge_id + 1}, 0),
        ({"standing": "kept"}, 0),
    ):
        assert client.get(API, query).json()["count"] == count
    assert client.get(API, {"standing": "x"}).status_code == 400


def test_a_promise_tells_its_reports(client, promise, officer):
    actions.report(
        promise, actions.Report(Outcome.KEPT, "Vi ringde", right_thing="yes"), by=officer
    )

    found = client.get(f"{API}/{promise.pk}").json()

    assert [report["happened"] for report in found["follow_ups"]] == ["Vi ringde"]
    assert found["reports"] == 1


def test_the_record_of_all_of_a_receiver_and_of_a_lab(client, promise, other):
    with time_machine.travel("2026-05-07T10:00:00Z", tick=False):
        everybody = client.get(f"{API}/record").json()
        receiver = client.get(f"{API}/record", {"receiver": other.receiver_id}).json()
        lab = client.get(f"{API}/record", {"lab": promise.proposal.lab_id}).json()

    assert (everybody["promised"], everybody["on_its_way"], everybody["late"]) == (1, 1, 0)
    assert receiver["asked"] == 0  # a question is not public while the lab goes on
    assert lab == everybody


def test_what_is_not_public_is_not_here_even_for_those_who_see_it(client, promise, leader, other):
    client.force_login(leader)
    assert client.get(f"{API}/{other.pk}").status_code == 404

    Lab.objects.filter(pk=promise.proposal.lab_id).update(state=LabState.PLANNED)

    assert client.get(API).json()["count"] == 0
    assert client.get(f"{API}/{promise.pk}").status_code == 404
    assert client.get(f"{API}/record").json()["asked"] == 0
