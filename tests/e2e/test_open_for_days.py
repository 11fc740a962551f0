"""A lab that people take part in when it suits them, in all of its phases at once."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import halls
from tests.e2e.seeing import faults


@pytest.fixture
def code(visitor) -> str:
    return halls.code_of(halls.started(halls.opened(visitor, "beslutsjam", days=3)))


def _questions(page, number: int):
    page.get_by_role("link", name="Tyck till om vad andra skrev").nth(number).click()
    expect(page.locator("#progress")).to_contain_text("Prickar kvar")
    return page


def test_dots_of_two_phases_are_placed_without_leaving_the_page(visitor, code):
    phone = visitor(width=390)
    page = halls.sit(phone, code, table="")
    page.locator("form[data-write]").first.locator("[name=text]").fill("Ingen mäter fallen")
    page.locator("form[data-write]").first.get_by_role("button", name="Skicka").click()
    page.locator("#notes").get_by_text("Ingen mäter fallen", exact=True).wait_for()

    for number, left in ((0, "1 av 2"), (1, "5 av 6")):
        phone.go(f"/labb/med/{code}/fragor/")
        _questions(page, number)
        page.evaluate("window.here = true")
        more = page.get_by_role("button", name="Lägg en prick")
        more.first.click()
        expect(page.locator("#progress")).to_contain_text(left)
        expect(page.locator("#saved")).to_contain_text("Sparat")
        assert page.evaluate("window.here"), "the script placed it"
        assert faults(page) == []

    plain = visitor(script=False, width=390)
    plain.page.context.add_cookies(page.context.cookies())
    page = plain.go(f"/labb/med/{code}/fragor/")
    _questions(page, 0)
    expect(page.locator("#progress")).to_contain_text("1 av 2")
    halls.press(page, "Lägg en prick")
    expect(page.locator("#progress")).to_contain_text("0 av 2")
    assert re.search(r"fas=\d+", page.url)
