"""What phones, projector and leader are shown while the lab goes on."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from hakapa.accounts.models import Membership
from hakapa.labs import actions, queries, screens
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab
from hakapa.labs.screens import following
from hakapa.labs.tests.factories import ContributionFactory
from hakapa.live import screens as live
from hakapa.live import tickets

pytestmark = pytest.mark.django_db


def picture(audience, lab, language="sv"):
    return live.picture(audience, f"lab:{lab.pk}", language)


def test_phones_keep_the_statements_that_may_be_answered(running):
    open_one = ContributionFactory.create(lab=running, table=3)
    ContributionFactory.create(lab=running, hidden_at=timezone.now(), hidden_why="x")
    ContributionFactory.create(lab=running, is_statement=False)

    (kept,) = picture("phone", running).items.items()

    assert kept[0] == open_one.pk
    assert kept[1]["text"] == open_one.text
    assert kept[1].items() >= {"kind": "proposal", "language": "sv", "table": 3}.items()


@pytest.mark.parametrize("audience", ["phone", "projector", "leader"])
def test_every_audience_has_the_clock_and_when_it_ends(running, audience):
    ends = queries.clock(queries.current_phase(running), timezone.now()).ends_ms

    assert f'data-ends="{ends}"' in picture(audience, running).fragments["clock"]


def test_a_paused_clock_has_no_end_and_stands_still(running):
    phase = queries.current_phase(running)
    phase.paused_at = phase.started_at
    phase.save()
    clock = queries.clock(phase, timezone.now())

    assert (clock.ends_ms, clock.minutes) == (None, phase.minutes)
    drawn = picture("phone", running).fragments["clock"]
    assert "data-ends" not in drawn
    assert f"{phase.minutes:02}:00" in drawn


@pytest.mark.parametrize("audience", ["phone", "projector", "leader"])
def test_time_alone_changes_nothing_that_is_told(running, audience):
    first = picture(audience, running)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert picture(audience, running) == first


def test_time_that_is_given_counts(running):
    phase = queries.current_phase(running)
    before = queries.clock(phase, timezone.now()).ends_ms
    phase.extra_seconds = 120

    assert queries.clock(phase, timezone.now()).ends_ms - before == 120_000


def spaced(html):
    """Return the page with single spaces, and without what proves whose page it is."""
    proof = r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>'
    return " ".join(re.sub(proof, " ", html).replace(">", "> ").replace("<", " <").split())


def test_parts_are_those_of_the_whole_page(client, leader, running):
    ContributionFactory.create(lab=running)
    client.force_login(leader)
    for audience, name in (("projector", "projektor"), ("leader", "led")):
        page = client.get(f"/labb/{running.pk}/{name}/").content.decode()
        for key, part in picture(audience, running).fragments.items():
            assert page.count(f'id="{key}"') == 1
            if key != "clock":  # which has gone on
                assert spaced(part) in spaced(page), key


def test_a_page_says_where_it_listens(client, leader, running):
    client.force_login(leader)
    page = client.get(f"/labb/{running.pk}/led/").content.decode()
    text = page.split('data-stream="')[1].split('"')[0].split("biljett=")[1]

    assert tickets.read(text.replace("%3A", ":")) == tickets.Ticket(
        f"lab:{running.pk}", "leader", "sv", leader.pk
    )


def test_parts_are_drawn_in_the_language_of_the_page(running):
    swedish, english = (picture("leader", running, one).fragments["counts"] for one in ("sv", "en"))

    assert "The room" in english
    assert "The room" not in swedish


def test_a_lab_that_is_gone_leaves_empty_screens():
    for audience in ("phone", "projector", "leader"):
        assert live.picture(audience, "lab:999", "sv") == live.Picture()
        assert not following.may_lead("lab:999", None)
        assert not following.may_see("lab:999", None)


def test_the_leaders_screens_are_for_those_who_lead_right_now(running, leader, outsider):
    channel = f"lab:{running.pk}"

    assert live.may_follow("leader", channel, leader.pk)
    assert not live.may_follow("leader", channel, outsider.pk)
    assert not live.may_follow("leader", channel, None)
    Membership.objects.filter(user=leader).delete()
    assert not live.may_follow("leader", channel, leader.pk)


def test_one_who_is_no_longer_let_in_leads_nothing(running, leader):
    leader.is_active = False
    leader.save()

    assert not live.may_follow("leader", f"lab:{running.pk}", leader.pk)


def test_the_projector_shows_what_its_viewer_may_see(planned, leader, outsider):
    channel = f"lab:{planned.pk}"

    assert live.may_follow("projector", channel, leader.pk)
    assert not live.may_follow("projector", channel, outsider.pk)
    assert not live.may_follow("projector", channel, None)


def test_an_anonymous_page_gets_an_anonymous_ticket(running):
    address = screens.stream(running, "projector", AnonymousUser())

    assert tickets.read(address.split("biljett=")[1].replace("%3A", ":")).user_id is None


def test_results_are_on_the_wall_when_the_lab_is_closed(running, seat):
    statement = ContributionFactory.create(lab=running)
    actions.vote(statement, participant=seat, value=1)
    before = picture("projector", running).fragments
    Lab.objects.update(state=State.CLOSED)

    assert statement.text not in before["stage"]
    assert statement.text in picture("projector", running).fragments["stage"]
