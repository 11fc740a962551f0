"""What is pressed on the lab leader's page, as plain forms."""

import pytest

from hakapa.accounts.tests.factories import member_of
from hakapa.kernel.tests.pages import address, words_of
from hakapa.labs import actions, queries
from hakapa.labs.tests.factories import ContributionFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def press(client, leader, running):
    """Return how to press a button of the lab's page."""
    client.force_login(leader)

    def pressed(name, *more, **sent):
        response = client.post(address(f"labs:{name}", running.pk, *more), sent)
        assert response.url == address("labs:lead", running.pk)
        running.refresh_from_db()
        return words_of(client.get(response.url))

    return pressed


def test_the_clock_is_stopped_and_goes_on(press):
    assert "The clock stands still" in press("pace", press="pause", leave=1)
    assert "The clock stands still" not in press("pace", press="go_on", leave=1)


def test_two_minutes_are_given_and_taken(press, running):
    press("pace", press="more", leave=1, extra=0)
    assert queries.current_phase(running).extra_seconds == 120
    press("pace", press="less", leave=1, extra=120)
    press("pace", press="less", leave=1, extra=0)
    press("pace", press="less", leave=1, extra=-120)
    assert queries.current_phase(running).extra_seconds == -240


def test_what_comes_next_is_skipped_and_taken_back(press):
    assert "Next: Tables build" in press("pace", press="skip", position=2)
    assert "Next: Silent writing" in press("pace", press="unskip", position=2)


def test_the_room_is_let_vote_and_see(press):
    assert "The voting is closed." in press("arrange", press="close_voting")
    assert "The voting is open." in press("arrange", press="open_voting")
    assert "The room sees the results." in press("arrange", press="show_results")
    assert "Show the results" in press("arrange", press="hide_results")
    assert "Nothing waits." in press("arrange", press="look_first")
    assert "Nothing waits." not in press("arrange", press="show_at_once")


@pytest.mark.parametrize("name", ["pace", "arrange"])
def test_nonsense_changes_nothing(press, running, name):
    press(name, press="fly", leave="ett")
    press("pace", press="more", leave=1, extra="två")

    assert queries.current_phase(running).extra_seconds == 0


def test_the_lead_is_taken_and_handed_over(press, client, running, leader, host):
    other = member_of(host)
    membership = other.memberships.get()
    membership.title = "utredare"
    membership.save()
    url = address("labs:hand_over", running.pk)
    assert "utredare, Umeå" in words_of(client.get(url))
    assert "Nothing you wrote is lost" in words_of(client.post(url, {"to": "x"}))

    said = press("hand_over", to=membership.pk, holder=leader.pk)
    assert "Has the lead: utredare, Umeå" in said
    press("hand_over", take=1, holder=other.pk)
    assert running.led_by == leader


def test_a_lab_may_be_led_by_nobody_in_particular(press, running):
    running.led_by = None
    running.save()

    assert "Has the lead: nobody in particular" in press("arrange", press="fly")


def test_what_waits_is_shown_and_shown_first(press, running):
    note = ContributionFactory.create(lab=running, text="Sanda mer", is_waiting=True)
    assert "1 contribution waits for you" in press("arrange", press="look_first")

    press("moderate", note.pk, deed="approve")
    assert "shown first" in press("moderate", note.pk, deed="promote")
    assert "shown first" not in press("moderate", note.pk, deed="demote")
    assert "1 contribution waits for you" in press("moderate", note.pk, deed="hold_back")
    press("moderate", note.pk, deed="fly")


def test_rooms_and_codes_are_counted(press, running, leader):
    room = actions.add_room(running, by=leader, name="Väven")
    ParticipantFactory.create(lab=running, room=room)
    running.by_personal_codes = True
    running.save()
    actions.provide_codes(running, by=leader, number=3)
    said = press("arrange", press="fly")

    assert f"Väven {room.join_code} 1 person" in said
    assert "0 of 3 codes used" in said


def test_a_lab_that_is_open_for_days_says_until_when(press, running):
    running.open_until = running.starts_at.replace(year=2027, month=5, day=4)
    running.save()
    said = press("arrange", press="fly")

    assert "Open until 4 May 2027" in said
    assert "+2 min" not in said


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_queries_however_much_it_shows(
    client, running, leader, django_assert_num_queries, count
):
    client.force_login(leader)
    for table in range(count):
        ParticipantFactory.create(lab=running, table=table)
        ContributionFactory.create(lab=running, table=table)
        ContributionFactory.create(lab=running, is_waiting=True)
        actions.add_room(running, by=leader, name=f"Rum {table}")
    whole = ContributionFactory.create(lab=running)
    ContributionFactory.create_batch(count, lab=running, merged_into=whole)
    url = address("labs:lead", running.pk)
    client.get(url)

    with django_assert_num_queries(22):
        client.get(url)
