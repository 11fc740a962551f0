import pytest
from django.utils import timezone

from hakapa.labs import actions
from hakapa.labs.lifecycle import State
from hakapa.labs.tests.factories import ContributionFactory, LabFactory, ParticipantFactory
from hakapa.labs.tests.rooms import answer

pytestmark = pytest.mark.django_db
LIST = "/api/v1/labs"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_two_queries(client, django_assert_num_queries, count):
    for _ in range(count):
        LabFactory.create()

    with django_assert_num_queries(2):
        assert len(client.get(LIST).json()["items"]) == count


def test_planned_labs_are_not_told(client):
    lab = LabFactory.create(state=State.PLANNED)

    assert client.get(LIST).json()["count"] == 0
    assert client.get(f"{LIST}/{lab.pk}").status_code == 404


def test_the_list_is_narrowed(client, running):
    LabFactory.create(state=State.CLOSED)

    assert [lab["id"] for lab in client.get(LIST, {"state": "running"}).json()["items"]] == [
        running.pk
    ]


def test_a_lab_is_told_with_its_run_sheet_and_receivers(client, running, challenge):
    ParticipantFactory.create_batch(4, lab=running)
    told = client.get(f"{LIST}/{running.pk}").json()

    assert told["challenges"] == [challenge.pk]
    assert told["receivers"][0]["role"] == "gatuchef"
    assert told["phases"][1]["captures"] == ["insight", "obstacle"]
    assert told["size"] == {"participants": None, "contributions": 0, "statements": 0, "votes": 0}


def test_what_the_room_thinks_is_told_once_the_lab_is_closed(client, running, leader):
    statement, few = ContributionFactory.create_batch(2, lab=running)
    seats = ParticipantFactory.create_batch(5, lab=running)
    answer(running, seats, [statement], lambda *_: 1)
    answer(running, seats[:4], [few], lambda *_: 1)
    assert client.get(f"{LIST}/{running.pk}/statements").status_code == 404

    actions.close(running, by=leader, why="Brandlarm")
    told = client.get(f"{LIST}/{running.pk}/statements").json()["items"]
    counts = [(one["id"], one["agree"], one["disagree"], one["passed"]) for one in told]
    assert counts == [(statement.pk, 5, 0, 0), (few.pk, None, None, None)]


@pytest.mark.parametrize("count", [1, 3])
def test_what_was_written_is_listed_when_the_lab_is_over(client, django_assert_num_queries, count):
    lab = LabFactory.create(state=State.CLOSED)
    notes = [ContributionFactory.create(lab=lab) for _ in range(count)]
    ContributionFactory.create(lab=lab, hidden_at=timezone.now(), hidden_why="namn")

    with django_assert_num_queries(2):
        answer = client.get(f"/api/v1/labs/{lab.pk}/contributions").json()

    assert [item["id"] for item in answer["items"]] == [note.pk for note in notes]
    assert answer["items"][0]["phase"] == ""


def test_nothing_is_listed_while_the_room_writes(client):
    note = ContributionFactory.create()

    assert client.get(f"/api/v1/labs/{note.lab_id}/contributions").json()["items"] == []


def test_a_contribution_says_in_which_phase_it_was_written(client):
    lab = LabFactory.create(state=State.CLOSED)
    phase = lab.phases.create(
        position=1, key="silent", minutes=5, mode="solo", name_sv="a", name_en="a"
    )
    ContributionFactory.create(lab=lab, phase=phase)

    answer = client.get(f"/api/v1/labs/{lab.pk}/contributions").json()

    assert answer["items"][0]["phase"] == "silent"
