from hakapa.labs.lifecycle import State as LabState
from hakapa.labs.models import Choice, Lab, Vote
from hakapa.labs.tests.factories import ParticipantFactory
from hakapa.proposals import actions

API = "/api/v1/proposals"


def test_the_list_is_public_and_narrowed(client, proposal, other):
    assert client.get(API).json()["count"] == 2

    (found,) = client.get(API, {"words": "halvfärdigt", "lab": proposal.lab_id}).json()["items"]

    assert found["id"] == proposal.pk
    assert found["url"] == proposal.get_absolute_url()
    assert (found["challenge_id"], found["lab_id"]) == (proposal.challenge_id, proposal.lab_id)
    assert found["organisation"] is None


def test_a_proposal_tells_its_lineage_and_its_weight(client, proposal, other, notes, leader):
    participant = ParticipantFactory.create(lab=proposal.lab)
    Vote.objects.create(participant=participant, statement=notes[0], value=Choice.AGREE)
    actions.merge(proposal, into=other, by=leader)

    merged = client.get(f"{API}/{proposal.pk}").json()
    target = client.get(f"{API}/{other.pk}").json()

    assert merged["merged_into_id"] == other.pk
    assert merged["contribution_ids"] == [note.pk for note in notes]
    assert target["merged_ids"] == [proposal.pk]
    assert set(merged["contribution_ids"]) < set(target["contribution_ids"])
    assert target["weighed"] == {"agree": 1, "disagree": 0, "passed": 0}


def test_what_is_not_public_is_not_here_even_for_those_who_see_it(client, proposal, leader):
    Lab.objects.filter(pk=proposal.lab_id).update(state=LabState.PLANNED)
    client.force_login(leader)

    assert client.get(API).json()["count"] == 0
    assert client.get(f"{API}/{proposal.pk}").status_code == 404


def test_a_number_that_is_none_is_refused_in_words(client, db):
    assert client.get(API, {"lab": "x"}).status_code == 400
