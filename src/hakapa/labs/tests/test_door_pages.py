from unittest.mock import patch
from uuid import uuid4

import pytest
from django.test import Client

from hakapa.kernel.tests.pages import address, main_of, words_of
from hakapa.labs import actions, codes
from hakapa.labs.models import Participant, PersonalCode, Room

pytestmark = pytest.mark.django_db
JOIN = address("labs:join")


def url(name, lab, *more):
    return address(f"labs:{name}", lab.join_code, *more)


@pytest.fixture
def phone(client, running):
    """A phone with a seat."""
    client.post(url("enter", running), {"perspective": "resident", "table": "3"})
    return client


def test_a_code_typed_in_any_way_leads_to_the_door(client, running):
    response = client.post(
        JOIN, {"code": f" {running.join_code.lower()[:3]} {running.join_code[3:]}"}
    )

    assert response.url == url("enter", running)


def test_a_code_no_lab_has_says_so_and_is_kept_for_correcting(client):
    page = client.post(JOIN, {"code": "zzzzzz"})

    assert page.status_code == 404
    assert "No lab has that code" in main_of(page)
    assert 'value="zzzzzz"' in page.content.decode()
    assert client.post(JOIN, {"code": ""}).status_code == 200


def test_ten_wrong_codes_from_a_browser_are_enough_for_a_while(client, running):
    for _ in range(codes.MOST_FROM_A_BROWSER):
        assert client.get(address("labs:enter", "ZZZZZZ")).status_code == 404

    assert client.post(JOIN, {"code": running.join_code}).status_code == 429


def test_wrong_codes_from_one_address_are_enough_for_a_while(client, running, monkeypatch):
    monkeypatch.setattr(codes, "MOST_FROM_AN_ADDRESS", 1)
    actions.count_wrong_code("127.0.0.1")

    assert client.get(url("enter", running)).status_code == 429


def test_right_codes_are_never_counted(client, running, monkeypatch):
    monkeypatch.setattr(codes, "MOST_FROM_AN_ADDRESS", 1)
    monkeypatch.setattr(codes, "MOST_FROM_A_BROWSER", 1)
    for _ in range(5):
        client.post(JOIN, {"code": running.join_code})

    assert client.get(url("enter", running)).status_code == 200


def test_who_has_a_seat_is_not_shut_out_by_anothers_guesses(phone, running, monkeypatch):
    monkeypatch.setattr(codes, "MOST_FROM_AN_ADDRESS", 1)
    actions.count_wrong_code("127.0.0.1")

    assert phone.get(url("write", running)).status_code == 200


def test_taking_a_seat_asks_perspective_and_table_and_nothing_else(client, running):
    assert "Take a seat" in main_of(client.get(url("enter", running)))
    response = client.post(url("enter", running), {"perspective": "resident", "table": "3"})

    seat = Participant.objects.get()
    assert (seat.perspective, seat.table) == ("resident", 3)
    assert client.session["seats"] == {str(running.pk): seat.token}
    assert response.url == url("now", running)  # the challenger speaks first


def test_a_seat_may_be_taken_without_saying_anything(client, running):
    client.post(url("enter", running), {})

    assert Participant.objects.get().perspective == ""


def test_a_table_that_is_none_is_refused_with_what_was_chosen_kept(client, running):
    page = client.post(url("enter", running), {"perspective": "company", "table": "0"})

    assert "One thing needs another look" in main_of(page)
    assert not Participant.objects.exists()


def test_a_phone_takes_one_seat(phone, running):
    phone.post(url("enter", running), {})

    assert Participant.objects.count() == 1


def test_a_phone_has_a_seat_in_each_lab(phone, running):
    ours = dict(phone.session["seats"])
    assert list(ours) == [str(running.pk)]


def test_who_has_no_seat_is_led_to_the_door(client, running):
    for name in ("write", "vote"):
        assert client.get(url(name, running)).url == url("enter", running)
    assert client.get(address("labs:write", "ZZZZZZ")).status_code == 404


def test_before_the_start_who_has_no_seat_is_led_to_the_door(client, published):
    assert client.get(url("write", published)).url == url("enter", published)


def test_before_the_start_the_phone_waits(client, published):
    client.post(url("enter", published), {})

    assert client.get(url("write", published)).url == url("now", published)
    assert "We begin soon" in main_of(client.get(url("now", published)))
    assert client.post(url("write", published), {"text": "x"}).status_code == 409


def test_after_the_end_the_phone_says_thank_you_with_the_report(phone, running, leader):
    actions.close(running, by=leader, why="Brandlarm")

    for name in ("enter", "write", "vote"):
        page = phone.get(url(name, running))
        assert "Thank you! The lab is closed." in main_of(page)
        assert address("labs:report", running.pk) in page.content.decode()


def test_writing_too_late_keeps_the_words_for_copying(phone, running, leader):
    actions.close(running, by=leader, why="Brandlarm")
    page = phone.post(url("write", running), {"text": "Sanda där de äldre går hellre"})

    assert page.status_code == 409
    assert "Sanda där de äldre går hellre" in words_of(page)


def test_who_lost_the_seat_keeps_the_words_for_copying(client, running):
    page = client.post(url("write", running), {"text": "Sanda där de äldre går hellre"})

    assert page.status_code == 409
    assert "Sanda där de äldre går hellre" in words_of(page)


def test_the_code_of_a_cancelled_lab_leads_to_why(client, published, leader):
    actions.cancel(published, by=leader, why="Salen brann")

    assert client.get(url("enter", published)).url == address("labs:detail", published.pk)


def test_who_takes_notes_says_for_which_table(client, running):
    page = client.post(url("enter", running), {"takes_notes": "on"})
    assert "For which table do you take notes?" in main_of(page)

    client.post(url("enter", running), {"takes_notes": "on", "table": "3"})
    assert Participant.objects.get().takes_notes


def test_a_rooms_own_code_seats_in_that_room(client, running):
    room = Room.objects.create(lab=running, name="Kalmar", place="Stadshuset")
    page = client.get(address("labs:enter", room.join_code))
    assert "Kalmar, Stadshuset" in main_of(page)
    assert "room" not in page.context["form"].fields

    client.post(address("labs:enter", room.join_code), {})
    assert Participant.objects.get().room == room


def test_with_the_code_of_the_whole_lab_one_chooses_a_room(client, running):
    Room.objects.create(lab=running, name="Kalmar")
    room = Room.objects.create(lab=running, name="Umeå")
    client.post(url("enter", running), {"room": room.pk})

    assert Participant.objects.get().room == room


@pytest.fixture
def own_code(running):
    """A printed code for one person, in a lab that takes nothing else."""
    running.by_personal_codes = True
    running.save()
    return PersonalCode.objects.create(lab=running)


def test_the_code_on_the_wall_asks_for_a_code_of_ones_own(client, running, own_code):
    page = client.post(url("enter", running), {"perspective": "resident"})

    assert "This lab uses personal codes" in main_of(page)
    assert not Participant.objects.exists()


def test_a_code_of_ones_own_seats_one_person_and_says_so_to_the_second(client, running, own_code):
    door = client.post(JOIN, {"code": own_code.code.lower()}).url
    assert client.post(door, {"perspective": "resident"}).url == url("now", running)
    assert client.get(door).url == url("now", running)  # the same browser goes on

    second = Client()
    for ask in (second.get, second.post):
        page = ask(door)
        assert page.status_code == 409
        assert "This code has given its seat already" in main_of(page)
        assert "Ask the lab leader for a new code" in main_of(page)
    assert Participant.objects.count() == 1


def test_a_freed_code_moves_the_seat_to_another_phone_and_the_old_one_is_out(
    client, running, leader, own_code
):
    door = client.post(JOIN, {"code": own_code.code}).url
    client.post(door, {"perspective": "resident"})
    office = Client()
    office.force_login(leader)
    free = address("labs:free_code", running.pk)
    page = office.post(free, {"code": own_code.code.lower()}, follow=True)
    assert f"{own_code.code} is free." in main_of(page)
    assert client.get(url("now", running)).url == url("enter", running)  # the old phone

    note = {"text": "Sanda mer", "kind": "proposal", "key": uuid4()}
    script = {"headers": {"accept": "application/json"}}
    answer = client.post(url("write", running), note, **script)
    assert (answer.status_code, running.contributions.count()) == (403, 0)

    new, third = Client(), Client()
    for phone in (new, third):
        assert "Your seat is here." in main_of(phone.get(door))
    assert new.post(door).url == url("now", running)
    assert new.get(url("now", running)).status_code == 200
    for late in (third, client):
        page = late.post(door)
        assert page.status_code == 409
        assert "Ask the lab leader to free your code." in main_of(page)
    assert Participant.objects.count() == 1


def test_two_who_use_the_same_code_at_once_get_one_seat(client, own_code):
    with patch.object(actions, "join", side_effect=actions.SeatTakenError):
        page = client.post(address("labs:enter", own_code.code), {})

    assert page.status_code == 409


def test_guesses_at_personal_codes_are_counted_too(client, own_code):
    for _ in range(codes.MOST_FROM_A_BROWSER):
        assert client.get(address("labs:enter", "ZZZZZZZZ")).status_code == 404

    assert client.get(address("labs:enter", own_code.code)).status_code == 429
