"""How a lab comes to be in a browser: planned, opened, started, stepped through and closed."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page


def press(page: Page, name: str) -> None:
    """Press a button that leads to another page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def opened(visitor, template: str = "blixtlabb-45", *, personal: bool = False, days: int = 0):
    """Return a lab leader who has opened a lab, with personal codes or for some days if asked."""
    leader = visitor(script=False).sign_in("labbledare")
    page = leader.go(f"/labb/ny/{template}/")
    page.locator("[name=title]").fill("Halka på lunchen")
    page.locator("[name=challenges]").first.check()
    tomorrow = timezone.localdate() + timedelta(days=1)
    page.locator("[name=starts_at]").fill(f"{tomorrow}T12:00")
    if personal:
        page.locator("[name=by_personal_codes]").check()
    if days:
        page.locator("[name=open_until]").fill(f"{tomorrow + timedelta(days)}T12:00")
    press(page, "Planera labbet")
    page.locator("[name=organisation]").select_option(label="Umeå")
    press(page, "Bjud in")
    press(page, "Öppna labbet")
    return leader


def at(leader, place: str = "") -> Page:
    """Open one of the pages under the lab's own."""
    page = leader.page
    page.goto(re.search(r".*/labb/\d+/", page.url).group() + place)
    return page


def started(leader):
    """Let the lab begin."""
    press(at(leader, "led/"), "Starta labbet")
    return leader


def code_of(leader) -> str:
    """Return the code on the lab leader's page."""
    shown = leader.page.locator(".join-code").first.inner_text()
    return re.search(r"[2-9A-HJ-NP-Z]{6}", shown).group()


def step(leader) -> None:
    """Let the room take its next step."""
    leader.page.reload()
    with leader.page.expect_navigation():
        leader.page.get_by_role("button", name=re.compile("^Nästa steg")).click()


def close(leader) -> Page:
    """End the lab before its time."""
    page = at(leader, "led/stang/")
    page.locator("[name=why]").fill("Tiden är slut")
    press(page, "Avsluta labbet")
    return page


def sit(phone, code: str, table: str = "3") -> Page:
    """Take a seat at a table."""
    page = phone.go(f"/labb/med/{code}/")
    page.locator("[name=perspective][value=resident]").check()
    if table:
        page.locator("[name=table]").fill(table)
    page.locator("main button[type=submit]").click()
    page.locator(".phone-question").first.wait_for()
    return page
