"""Take part first, identify later: what an account keeps, hands out and erases."""

import json

import pytest

from hakapa.accounts import actions as people
from hakapa.accounts.models import User
from hakapa.accounts.tests.factories import UserFactory
from hakapa.kernel.tests.pages import address, main_of
from hakapa.labs import actions
from hakapa.labs.models import Contribution, Criterion, Participant, Room
from hakapa.labs.tests.factories import ContributionFactory

pytestmark = pytest.mark.django_db
ME = address("accounts:me")


def url(name, lab):
    return address(f"labs:{name}", lab.join_code)


@pytest.fixture
def phone(client, running):
    client.post(url("enter", running), {"perspective": "resident", "table": "3"})
    seat = Participant.objects.get()
    actions.contribute(running, actions.Words("Sanda där de äldre går"), participant=seat)
    return client


@pytest.fixture
def me(db) -> User:
    return UserFactory.create(email="jag@example.org")


def test_after_the_end_one_may_sign_in_and_keep_what_was_written(phone, running, leader):
    actions.close(running, by=leader, why="Brandlarm")
    page = phone.get(url("write", running))

    keep = url("keep", running)
    assert "Keep what you wrote" in main_of(page)
    for way in ("account_login", "account_signup"):
        assert f"{address(way)}?next={keep}" in page.text
    assert phone.get(keep).url == f"{address('account_login')}?next={keep}"


def test_who_is_signed_in_keeps_it_with_one_button(phone, running, leader, me):
    actions.close(running, by=leader, why="Brandlarm")
    seats = phone.session["seats"]
    phone.force_login(me)
    session = phone.session
    session["seats"] = seats
    session.save()
    page = phone.get(url("keep", running))
    assert "1 thing you wrote" in main_of(page)
    assert "jag@example.org" in main_of(page)

    assert phone.post(url("keep", running)).url == ME
    mine = main_of(phone.get(ME))
    assert "Labs where I took part" in mine
    assert "Sanda där de äldre går" in mine
    assert "What you wrote is on your page" in main_of(phone.get(url("enter", running)))


def test_who_never_sat_there_keeps_nothing(client, running, me):
    client.force_login(me)

    assert client.get(url("keep", running)).url == url("enter", running)
    assert client.get(address("labs:keep", "ZZZZZZ")).status_code == 404


def test_a_seat_is_let_go_from_my_page_and_only_ones_own(client, running, me):
    mine, other = actions.join(running), actions.join(running)
    actions.claim(mine, by=me)
    actions.claim(other, by=UserFactory.create())
    client.force_login(me)
    assert "You wrote nothing there" in main_of(client.get(ME))

    assert client.post(address("labs:let_go", other.pk)).status_code == 404
    assert client.post(address("labs:let_go", mine.pk)).url == ME
    assert not me.seats.exists()


def test_my_own_copy_holds_all_that_labs_keep_about_me(client, running, me, leader):
    room = Room.objects.create(lab=running, name="Kalmar")
    seat = actions.claim(
        actions.join(running, perspective="resident", table=3, room=room, takes_notes=True), by=me
    )
    statement = ContributionFactory.create(lab=running, text="Mät på tio ställen")
    for position in range(1, 4):
        actions.step(running, by=leader, leave=position)
    actions.contribute(running, actions.Words("Sanda"), participant=seat)
    actions.vote(statement, participant=seat, value=1)
    actions.rate(statement, participant=seat, criterion=Criterion.EASE, value=2)
    phase = running.phases.get(key="vote")
    actions.place_dots(statement, participant=seat, phase=phase, number=3)
    client.force_login(me)

    kept = json.loads(client.get(address("accounts:my_data")).content)["labs"]
    (lab,) = kept["took_part"]
    assert (lab["perspective"], lab["room"], lab["table"]) == ("resident", "Kalmar", 3)
    assert [note["text"] for note in lab["wrote"]] == ["Sanda"]
    assert {answer["ballot"]: answer["value"] for answer in lab["answered"]} == {
        "stance": 1, "ease": 2, "dots": 3,
    }  # fmt: skip


def test_a_lab_leaders_own_copy_holds_what_was_typed_in(client, running, leader):
    actions.contribute(running, actions.Words("Från en lapp"), by=leader)
    client.force_login(leader)

    kept = json.loads(client.get(address("accounts:my_data")).content)["labs"]
    assert [note["text"] for note in kept["typed_in"]] == ["Från en lapp"]


def test_who_leaves_the_site_leaves_a_seat_without_an_owner(running, me):
    seat = actions.claim(actions.join(running), by=me)
    actions.contribute(running, actions.Words("Sanda"), participant=seat)

    people.erase(me)
    seat.refresh_from_db()

    assert seat.account is None
    assert Contribution.objects.get().text == "Sanda"
