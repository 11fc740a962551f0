"""What people see when a lab closes, and what the lab leader still does then."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import halls
from tests.e2e.seeing import faults


@pytest.fixture
def leader(visitor):
    return halls.started(halls.opened(visitor))


@pytest.fixture
def code(leader) -> str:
    return halls.code_of(leader)


def test_a_phone_says_at_once_that_the_lab_is_closed_and_goes_on_by_itself(visitor, leader, code):
    phone, writer = visitor(width=390), visitor(width=390)
    page, other = halls.sit(phone, code), halls.sit(writer, code)
    halls.step(leader)
    for seat in (page, other):
        seat.get_by_role("heading", name=re.compile("Skriv tre saker")).wait_for()
    other.locator("#writing [name=text]").fill("Sanda där de äldre går")
    page.evaluate("Math.random = () => 0.99")  # the last to go on
    halls.close(leader)

    page.get_by_role("heading", name="Tack! Labbet är avslutat.").wait_for()
    expect(page.get_by_role("link", name="Gå vidare nu")).to_be_visible()
    expect(page.get_by_role("button", name="Skicka")).to_be_hidden()
    page.get_by_role("link", name="Läs rapporten").wait_for()
    assert faults(page) == []

    other.get_by_role("heading", name="Tack! Labbet är avslutat.").wait_for()
    expect(other.locator("#writing [name=text]")).to_have_value("Sanda där de äldre går")
    expect(other.get_by_text("Rummet har gått vidare.")).to_be_hidden()
    assert faults(other) == []


def test_a_paper_card_is_typed_in_afterwards_and_the_report_says_so(visitor, leader):
    page = halls.at(leader, "kort/ark/")
    card = re.search(r"\b\d{1,3}[A-Z]{2}\b", page.locator(".slip--card").first.inner_text()).group()
    halls.close(leader)
    typist = visitor().sign_in("labbledare")
    typist.page.goto(page.url)
    page = typist.page
    page.get_by_role("link", name="Skriv in papperskort").click()
    page.get_by_text("Du kan fortfarande skriva in kort.").wait_for()
    assert faults(page) == []
    page.locator("[name=card]").fill(card)
    page.locator("[name=text]").fill("Sanda där de äldre går")
    halls.press(page, "Spara, och ta nästa kort")
    page.get_by_text(f"Kort {card} är sparat").wait_for()

    page.get_by_role("link", name="Till rapporten").click()
    page.get_by_text("1 papperskort skrevs in efter att labbet avslutades.").wait_for()
    page.get_by_text("Från ett papperskort som skrevs in").wait_for()
    assert faults(page) == []
