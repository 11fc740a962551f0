import pytest

from hakapa.kernel.tests.pages import address, main_of, words_of
from hakapa.labs import actions, queries
from hakapa.labs.lifecycle import State
from hakapa.labs.tests.factories import ContributionFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client, leader):
    client.force_login(leader)
    return client


def url(name, lab, *more):
    return address(f"labs:{name}", lab.pk, *more)


def test_the_lab_leader_sees_run_sheet_room_and_one_next_step(lead, running, seat):
    ContributionFactory.create(lab=running, text="Sanda mer", table=3)
    words = words_of(lead.get(url("lead", running)))

    for said in ("Run sheet", "Table 3 1 person, 1 note", "Sanda mer", "Next step", "1 has joined"):
        assert said in words
    assert "Next: Silent writing , 5 min" in words


def test_a_lab_before_it_opens_has_no_next_step_yet(lead, planned):
    assert "The lab is not open yet" in words_of(lead.get(url("lead", planned)))


def test_the_lab_is_led_from_start_to_close_and_back(lead, published):
    assert "Start the lab" in words_of(lead.get(url("lead", published)))
    assert lead.post(url("start", published)).url == url("lead", published)
    for position in range(1, 6):
        lead.post(url("step", published), {"leave": position})
    assert "Close the lab" in words_of(lead.get(url("lead", published)))

    (invited,) = published.receivers.all()
    why = {f"missing_{invited.organisation_id}": "Svarar på fredag"}
    assert lead.post(url("close", published), why).url == url("detail", published)
    published.refresh_from_db()
    assert published.state == State.CLOSED
    assert "To the report" in words_of(lead.get(url("lead", published)))
    lead.post(url("resume", published))
    assert queries.current_phase(published) == published.phases.last()


def test_a_step_goes_back_too_and_nonsense_goes_nowhere(lead, running):
    lead.post(url("step", running), {"leave": "1"})
    lead.post(url("step", running), {"leave": "2", "back": "1"})
    lead.post(url("step", running), {"leave": "nästa"})

    assert queries.current_phase(running) == running.phases.first()


def test_starting_twice_is_too_late(lead, running):
    assert lead.post(url("start", running)).status_code == 409


def test_hiding_needs_a_reason_and_can_be_undone(lead, running):
    note = ContributionFactory.create(lab=running, text="Pelle på gatukontoret")
    page = lead.post(url("hide", running, note.pk), {"why": ""})
    assert page.status_code == 200
    assert 'aria-invalid="true"' in page.content.decode()

    lead.post(url("hide", running, note.pk), {"why": "Namn"})
    assert "Hidden: Namn" in main_of(lead.get(url("lead", running)))
    lead.post(url("moderate", running, note.pk), {"deed": "unhide"})
    note.refresh_from_db()
    assert note.hidden_at is None


def test_the_note_of_another_lab_is_not_found(lead, running):
    elsewhere = ContributionFactory.create()

    assert lead.post(url("hide", running, elsewhere.pk), {"why": "x"}).status_code == 404
    assert lead.post(url("moderate", running, elsewhere.pk)).status_code == 404


def test_the_projector_asks_counts_down_and_shows_the_way_in(client, running):
    ContributionFactory.create(lab=running, text="Sanda mer")
    page = client.get(url("projector", running))
    words = words_of(page)

    assert "The problem in two sentences, and one question to the room." in words
    assert running.join_code in words
    assert "testserver/en/labb/med" in words
    assert "Sanda mer" in words
    assert "<svg" in page.content.decode()
    assert 'http-equiv="refresh" content="10"' in page.content.decode()
    assert "style=" not in page.content.decode()


def test_the_projector_waits_and_thanks(client, published, leader):
    assert "We begin" in words_of(client.get(url("projector", published)))

    running = actions.start(published, by=leader)
    for statement in ContributionFactory.create_batch(2, lab=running):
        actions.vote(statement, participant=actions.join(running), value=1)
    ParticipantFactory.create_batch(5, lab=running)
    words = words_of(
        client.get(url("projector", actions.close(running, by=leader, why="Brandlarm")))
    )
    assert "What the room thinks" in words
    assert "1 agree" in words
    assert "We report back on" in words
    assert running.join_code not in words


def test_the_projector_counts_answers_while_the_room_votes(client, running, leader):
    for position in range(1, 4):
        actions.step(running, by=leader, leave=position)

    assert "0 have answered" in words_of(client.get(url("projector", running)))


def test_what_is_hidden_is_not_on_the_wall(client, running, leader):
    actions.hide(ContributionFactory.create(lab=running, text="Pelle"), by=leader, why="Namn")

    assert "Pelle" not in words_of(client.get(url("projector", running)))


def test_a_planned_lab_is_on_no_wall(client, planned):
    assert client.get(url("projector", planned)).status_code == 404
