"""The pages where the lab leader merges notes and types in paper cards."""

from uuid import uuid4

import pytest

from hakapa.kernel.tests.pages import address, main_of, words_of
from hakapa.labs import actions, cards
from hakapa.labs.tests.factories import ContributionFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client, leader):
    client.force_login(leader)
    return client


@pytest.fixture
def notes(running):
    taker = ParticipantFactory.create(lab=running, table=2, takes_notes=True)
    return [
        ContributionFactory.create(lab=running, text="Sanda mer", participant=taker, table=2),
        ContributionFactory.create(lab=running, text="Mer sand"),
    ]


def test_notes_are_chosen_and_merged(lead, running, notes):
    url = address("labs:merge", running.pk)
    page = lead.get(url, {"med": notes[0].pk})
    assert "Sanda mer (proposal · Table 2)" in words_of(page)
    assert "Mer sand (proposal)" in words_of(page)
    assert page.content.decode().count(" checked") == 2  # a source and the kind

    sent = {"sources": [n.pk for n in notes], "text": "Mer sand", "kind": "proposal"}
    response = lead.post(url, {**sent, "key": uuid4()})
    assert "Merged. The sources are kept under it." in words_of(lead.get(response.url))
    page = words_of(lead.get(address("labs:lead", running.pk)))
    assert "merged from 2" in page
    assert "Part of: Mer sand" in page

    whole = running.contributions.get(merged__text="Mer sand")
    assert lead.post(address("labs:moderate", running.pk, whole.pk), {"deed": "unmerge"}).url
    assert not running.contributions.filter(merged_into__isnull=False).exists()


def test_only_the_notes_of_tables_are_chosen_among_when_one_wants(lead, running, notes):
    page = words_of(lead.get(address("labs:merge", running.pk) + "?bord=1"))

    assert "Merge the tables' notes" in page
    assert "Mer sand (proposal)" not in page


def test_one_alone_is_not_merged(lead, running, notes):
    sent = {"sources": [notes[0].pk], "text": "Mer", "kind": "proposal", "key": uuid4()}
    page = lead.post(address("labs:merge", running.pk), sent)

    assert "Choose at least two that are still shown" in main_of(page)


def test_a_card_is_typed_in_and_the_second_time_shown(lead, running):
    url, code = address("labs:type_in", running.pk), cards.code_of(running.pk, 7)
    assert "Each card has a code of its own" in words_of(lead.get(url))
    sent = {"card": code, "text": "Sanda mer", "kind": "proposal", "table": "4"}

    page = lead.post(url, sent)
    assert f"Card {code} is saved" in main_of(page)
    assert 'value="4"' in page.content.decode()
    page = lead.post(url, {**sent, "text": "Något annat"})
    assert f"Card {code} was typed in before Sanda mer Proposal · Table 4" in main_of(page)
    assert f"Card {code}" in words_of(lead.get(address("labs:lead", running.pk)))


def test_with_several_rooms_a_card_and_what_is_written_say_in_which(lead, running, leader):
    north = actions.add_room(running, by=leader, name="Norra salen")
    south = actions.add_room(running, by=leader, name="Södra salen")
    ParticipantFactory.create(lab=running, room=north, table=3)
    url, code = address("labs:type_in", running.pk), cards.code_of(running.pk, 7)
    sent = {"card": code, "text": "Sanda mer", "kind": "proposal", "table": "3"}
    assert "Proposal · Table 3, Södra salen" in main_of(lead.post(url, {**sent, "room": south.pk}))

    page = words_of(lead.get(address("labs:lead", running.pk)))
    assert "Table 3 Norra salen 1 person, 0 notes" in page
    assert "Table 3 Södra salen 0 people, 1 note" in page
    assert "proposal · Table 3, Södra salen" in page
    assert "Sanda mer (proposal · Table 3, Södra salen)" in words_of(
        lead.get(address("labs:merge", running.pk))
    )
    closed = actions.close(running, by=leader, why="Brandlarm")
    assert "Table 3, Södra salen" in words_of(lead.get(address("labs:report", closed.pk)))
    table = lead.get(address("labs:contributions", closed.pk, "csv")).text
    assert ",3,Södra salen," in table


def test_a_slip_of_the_pen_keeps_what_was_typed(lead, running):
    sent = {"card": "7AA", "text": "Sanda mer", "kind": "proposal"}
    page = lead.post(address("labs:type_in", running.pk), sent)

    assert "None of the lab's cards has that code" in main_of(page)
    assert "Sanda mer" in page.content.decode()


def test_in_a_lab_that_is_over_nothing_is_merged(lead, closed):
    assert lead.get(address("labs:merge", closed.pk)).status_code == 409


def test_before_the_lab_begins_no_card_is_typed_in(lead, published):
    assert lead.get(address("labs:type_in", published.pk)).status_code == 409


def test_a_card_typed_in_afterwards_is_in_the_report_which_says_so(lead, closed):
    url, code = address("labs:type_in", closed.pk), cards.code_of(closed.pk, 7)
    for page in ("labs:lead", "labs:detail"):
        assert url in lead.get(address(page, closed.pk)).content.decode()
    assert "Nobody can answer them any more." in words_of(lead.get(url))
    page = lead.post(url, {"card": code, "text": "Sanda mer", "kind": "proposal"})
    assert f"Card {code} is saved" in main_of(page)

    report = words_of(lead.get(address("labs:report", closed.pk)))
    assert "1 paper card was typed in after the lab was closed." in report
    assert "Sanda mer From a paper card that was typed in after the lab was closed." in report
    assert "Sanda mer typed in later" in report
    for name in ("labs:statements", "labs:contributions"):
        table = lead.get(address(name, closed.pk, "csv")).text
        assert table.splitlines()[0].endswith("Typed in after closing")
        assert table.splitlines()[1].endswith(",yes")


def test_cards_are_printed_from_any_number(lead, running):
    url = address("labs:card_sheet", running.pk)
    assert lead.get(url).content.decode().count("slip--card") == 24

    page = lead.get(url, {"first": "998", "number": "5"})
    assert page.content.decode().count("slip--card") == 2
    assert cards.code_of(running.pk, 999) in words_of(page)
    page = lead.get(url, {"first": "ett", "number": "5"})
    assert "One thing needs another look" in words_of(page)
