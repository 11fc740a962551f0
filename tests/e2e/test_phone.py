"""A phone on a bad network, in a room that goes on: nothing is lost and nothing doubled."""

import re

from playwright.sync_api import expect

from tests.e2e import halls
from tests.e2e.seeing import faults

WAITING = "Väntar på att skickas: "


def _without_script(visitor, phone):
    """Return the same seat in a browser without scripts, which sees what the site has saved."""
    plain = visitor(script=False, width=390)
    plain.page.context.add_cookies(phone.page.context.cookies())
    return plain


def _rests(page, words: str) -> None:
    expect(page.locator("#saved")).to_contain_text(words)


def test_what_is_answered_without_a_network_is_saved_once_when_the_page_is_opened_again(
    visitor, leader, code, texts
):
    phone = visitor(width=390)
    page = halls.sit(phone, code)
    page.get_by_role("link", name="Tyck till om vad andra skrev").click()
    expect(page.locator("#progress")).to_contain_text("0 av 2")
    page.context.set_offline(True)
    for left in (1, 2):
        page.get_by_role("button", name="Håller med", exact=True).click()
        _rests(page, f"{WAITING}{left}")
    page.get_by_role("heading", name="Du har svarat på allt hittills.").wait_for()
    page.close()  # the battery is dead
    plain = _without_script(visitor, phone).go(f"/labb/med/{code}/rosta/")
    expect(plain.locator("#progress")).to_contain_text("0 av 2")

    phone.page.context.set_offline(False)
    phone.page = page = phone.page.context.new_page()
    phone.go(f"/labb/med/{code}/rosta/")
    _rests(page, "Sparat")
    plain.reload()
    expect(plain.locator("#progress")).to_contain_text("2 av 2")

    page.get_by_role("link", name="Ångra").click()
    expect(page.get_by_role("button", name="Håller med", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_role("button", name="Håller inte med", exact=True).click()
    page.get_by_role("heading", name="Du har svarat på allt hittills.").wait_for()


def test_the_phone_follows_the_room_but_not_away_from_who_is_writing(visitor, leader, code):
    phone = visitor(width=390)
    page = halls.sit(phone, code)
    page.get_by_text("Titta upp: nu händer det i rummet.").wait_for()
    assert faults(page) == []
    halls.step(leader)
    page.get_by_role("heading", name=re.compile("Skriv tre saker")).wait_for()
    page.locator("#writing [name=text]").fill("Sanda där de äldre går")
    for _ in range(2):
        halls.step(leader)
    page.get_by_text("Rummet har gått vidare.").wait_for()

    page.context.set_offline(True)
    page.get_by_role("button", name="Skicka").click()
    _rests(page, f"{WAITING}1")
    page.context.set_offline(False)
    _rests(page, "Sparat")
    plain = _without_script(visitor, phone).go(f"/labb/med/{code}/skriv/")
    assert plain.locator("#notes li").count() == 1
    expect(page.locator("#weighing")).to_be_visible()  # and now it goes along


def test_dots_are_placed_and_taken_back(visitor, leader, code, texts):
    for _ in range(3):
        halls.step(leader)
    phone = visitor(width=390)
    page = halls.sit(phone, code)
    more = page.get_by_role("button", name="Lägg en prick")
    expect(page.locator("#progress")).to_contain_text("3 av 3")
    assert faults(page) == []
    for left in (2, 1, 0):
        more.first.click()
        expect(page.locator("#progress")).to_contain_text(f"{left} av 3")
    expect(more.last).to_be_disabled()  # there is none left
    page.get_by_role("button", name="Ta tillbaka en prick").first.click()
    more.last.click()
    _rests(page, "Sparat")

    plain = _without_script(visitor, phone).go(f"/labb/med/{code}/rosta/")
    expect(plain.locator("#progress")).to_contain_text("0 av 3")
    assert sorted(plain.locator("[data-number]").all_inner_texts()[:2]) == ["1", "2"]


def test_who_signs_in_keeps_what_was_written(visitor, leader, code):
    phone = visitor(width=390)
    page = halls.sit(phone, code)
    phone.go(f"/labb/med/{code}/skriv/")
    page.locator("[name=text]").fill("Sanda där de äldre går")
    page.get_by_role("button", name="Skicka").click()
    page.locator("#notes").get_by_text("Sanda där de äldre går", exact=True).wait_for()

    phone.sign_in("utmanare").go(f"/labb/med/{code}/behall/")
    assert faults(page) == []
    page.get_by_role("button", name="Behåll det").click()
    page.get_by_role("heading", name="Labb där jag har deltagit").wait_for()
    page.get_by_text("Sanda där de äldre går").wait_for()
    assert faults(page) == []
