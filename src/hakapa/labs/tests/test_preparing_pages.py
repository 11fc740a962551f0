"""The pages where a lab's rooms, codes and run sheet are made ready."""

import pytest

from hakapa.kernel.tests.pages import address, main_of, words_of
from hakapa.labs import actions
from hakapa.labs.tests.factories import ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client, leader):
    client.force_login(leader)
    return client


def test_rooms_are_added_and_removed(lead, published):
    url = address("labs:rooms", published.pk)
    assert "held in one place" in main_of(lead.get(url))
    assert lead.post(url, {"name": "Väven", "place": "Umeå"}).url == url

    room = published.rooms.get()
    assert f"Väven , Umeå {room.join_code}" in main_of(lead.get(url))
    assert "There is a room of that name already" in main_of(lead.post(url, {"name": "Väven"}))
    seat = ParticipantFactory.create(lab=published, room=room)
    away = address("labs:remove_room", published.pk, room.pk)
    assert "Somebody sits in Väven" in words_of(lead.get(lead.post(away).url))
    seat.delete()
    lead.post(away)
    assert not published.rooms.exists()
    assert lead.post(away).status_code == 404


def test_each_room_has_a_projector_of_its_own(lead, published, leader):
    room = actions.add_room(published, by=leader, name="Väven")
    url = address("labs:projector", published.pk)

    assert room.join_code in words_of(lead.get(url, {"rum": room.pk}))
    assert published.join_code in words_of(lead.get(url, {"rum": "x"}))
    assert lead.get(url, {"rum": room.pk + 1}).status_code == 404


@pytest.fixture
def personal(published):
    published.by_personal_codes = True
    published.save()
    return published


def test_codes_are_made_and_printed(lead, personal):
    url = address("labs:codes", personal.pk)
    assert "0 codes" in main_of(lead.get(url))
    assert "3 codes are made." in words_of(lead.get(lead.post(url, {"number": 3}).url))
    assert "needs another look" in main_of(lead.post(url, {"number": 0}))

    sheet = lead.get(address("labs:code_sheet", personal.pk))
    codes = personal.personal_codes.values_list("code", flat=True)
    assert all(code in words_of(sheet) for code in codes)
    assert sheet.content.decode().count("<svg") >= 3
    assert "testserver/en/labb/med" in words_of(sheet)


def test_the_wall_of_a_lab_by_personal_codes_shows_no_code(lead, personal):
    page = words_of(lead.get(address("labs:projector", personal.pk)))

    assert "The code on your slip" in page
    assert personal.join_code not in page


def test_a_lab_that_is_open_to_all_has_no_codes_to_print(lead, published):
    url = address("labs:codes", published.pk)
    assert "open to everybody with its code" in main_of(lead.get(url))
    assert "open to everybody with its code" in main_of(lead.post(url, {"number": 3}))


def written(lab, **other):
    """Return the run sheet's form as it stands, with some of it changed."""
    sent = {}
    for phase in lab.phases.all():
        sent |= {
            f"p{phase.position}-minutes": phase.minutes,
            f"p{phase.position}-prompts_sv": "\n".join(phase.prompts_sv),
            f"p{phase.position}-prompts_en": "\n".join(phase.prompts_en),
        }
        if "vote" in phase.captures:
            sent |= {f"p{phase.position}-ballot": phase.ballot, f"p{phase.position}-dots": 3}
    return sent | other


def test_the_run_sheet_is_changed(lead, planned):
    url = address("labs:rewrite", planned.pk)
    assert "Change the run sheet" in main_of(lead.get(url))
    changed = {
        "p1-minutes": 7, "p1-prompts_sv": "Ett\n\nTvå ", "p1-prompts_en": "One\nTwo",
        "p4-ballot": "dots", "p4-dots": 5,
    }  # fmt: skip

    assert lead.post(url, written(planned, **changed)).url == address("labs:detail", planned.pk)
    first, vote = planned.phases.get(position=1), planned.phases.get(position=4)
    assert (first.minutes, first.prompts_sv, first.prompts_en) == (
        7,
        ["Ett", "Två"],
        ["One", "Two"],
    )
    assert (vote.ballot, vote.dots) == ("dots", 5)


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        ({"p1-prompts_en": "One"}, "Write every question in both languages."),
        ({"p1-prompts_sv": "o " * 300}, "more than 500 characters"),
        ({"p1-minutes": "0"}, "needs another look"),
    ],
)
def test_a_mistake_in_the_run_sheet_is_told_and_nothing_is_changed(lead, planned, mistake, said):
    two = {"p1-prompts_sv": "Ett\nTvå", "p1-prompts_en": "One\nTwo"}
    page = lead.post(address("labs:rewrite", planned.pk), written(planned, **{**two, **mistake}))

    assert said in main_of(page)
    assert planned.phases.first().prompts_sv != ["Ett", "Två"]


def test_a_lab_that_has_begun_keeps_its_run_sheet(lead, running):
    assert lead.get(address("labs:rewrite", running.pk)).status_code == 409


def test_how_a_lab_is_held_is_planned(lead, planned, challenge):
    url = address("labs:change", planned.pk)
    sent = {
        "title": "Kafé", "challenges": [challenge.pk], "starts_at": "2026-12-03T18:00",
        "template": planned.template, "is_moderated": "on", "by_personal_codes": "on",
        "open_until": "2026-12-10T18:00",
    }  # fmt: skip
    lead.post(url, sent)
    planned.refresh_from_db()
    assert (planned.is_moderated, planned.by_personal_codes) == (True, True)
    assert planned.open_until > planned.starts_at

    page = lead.post(url, {**sent, "open_until": "2026-12-01T18:00"})
    assert "It must end after it starts." in main_of(page)
    ParticipantFactory.create(lab=planned)
    page = lead.post(url, {**sent, "by_personal_codes": ""})
    assert "the kind of code stays" in main_of(page)
