"""What every phone in the room shares, as the stream hands it out."""

import re

import pytest
from django.utils import timezone

from hakapa.kernel.tests.pages import address
from hakapa.labs import actions
from hakapa.labs.models import Participant
from hakapa.labs.tests.factories import ContributionFactory, ParticipantFactory
from hakapa.live.screens import picture

pytestmark = pytest.mark.django_db


def drawn(lab, language="sv"):
    return picture("phone", f"lab:{lab.pk}", language)


def asks(lab):
    return re.search(r'data-doing="(\w+)"', drawn(lab).fragments["phase"])[1]


def test_phones_keep_what_may_be_weighed_and_nothing_else(running, leader):
    shown = ContributionFactory.create(lab=running, table=3, promoted_at=timezone.now())
    ContributionFactory.create(lab=running, is_waiting=True)
    actions.hide(ContributionFactory.create(lab=running), by=leader, why="Namn")

    assert drawn(running).items == {
        shown.pk: {
            "id": shown.pk,
            "text": shown.text,
            "kind": "proposal",
            "language": "sv",
            "table": 3,
            "about": "Förslag · Bord 3",
            "first": True,
        }
    }
    assert drawn(running, "en").items[shown.pk]["about"] == "Proposal · Table 3"


def test_the_question_says_what_a_phone_does_now(running, leader):
    told = [asks(running)]
    for position in range(1, 4):
        actions.step(running, by=leader, leave=position)
        told.append(asks(running))
    actions.close(running, by=leader, why="Brandlarm")

    assert [*told, asks(running)] == ["listen", "write", "write", "weigh", "over"]


def test_when_the_lab_is_closed_phones_are_told_over_how_long_to_spread(running, leader):
    def told():
        fragment = drawn(running).fragments["phase"]
        assert "Tack! Labbet är avslutat." in fragment
        return re.search(r'data-spread="(\d+)"', fragment)[1]

    assert "data-spread" not in drawn(running).fragments["phase"]
    actions.close(running, by=leader, why="Brandlarm")
    assert told() == "1"  # second, for a small room

    Participant.objects.bulk_create(ParticipantFactory.build(lab=running) for _ in range(2000))
    assert told() == "40"  # fifty pages a second
    assert drawn(running) == drawn(running)


def test_before_the_start_phones_wait(published):
    assert asks(published) == "wait"
    assert "Du har en plats" in drawn(published).fragments["phase"]


def test_a_lab_that_is_gone_shows_nothing(db):
    assert picture("phone", "lab:0", "sv").fragments == {}


def test_the_page_and_the_stream_draw_the_same_question(client, running, leader):
    actions.step(running, by=leader, leave=1)
    client.post(address("labs:enter", running.join_code, language="sv"), {})
    page = client.get(address("labs:write", running.join_code, language="sv"))

    assert drawn(running).fragments["phase"].strip() in page.text
