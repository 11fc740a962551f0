"""A receiver of the demo world promises and reports, as the ground for what others are told."""

import re
from datetime import timedelta

from django.utils import timezone

from tests.e2e.seeing import faults

RECEIVER = "labbledare"  # receives for Katrineholm
FOLLOWED = "Pris i dag, pris om ett år"


def is_sound(visitor) -> None:
    """Look at the page where the visitor is; a browser without scripts cannot look at itself."""
    if visitor.script:
        assert faults(visitor.page) == []


def press(visitor, selector: str = "main form.form button") -> None:
    is_sound(visitor)
    with visitor.page.expect_navigation():
        visitor.page.locator(selector).first.click()


def in_days(number: int) -> str:
    return str(timezone.localdate() + timedelta(days=number))


def promised(receiver, title: str) -> str:
    """Return the path of the receiver's promise; it is given when nobody has given it yet."""
    page = receiver.go("/ataganden/vantar/")
    asked = page.get_by_role("link", name=re.compile(rf"^Svara ?: {title}"))
    if asked.count():
        asked.first.click()
        page.locator("[name=move][value=take]").check()
        page.locator("[name=next_step]").fill("Vi räknar på ett år")
        page.locator("[name=due]").fill(in_days(30))
        page.locator("[name=mandate][value=known]").check()
        press(receiver, "main form.form button[type=submit]")
        receiver.go("/ataganden/vantar/")
    page.get_by_role("link", name=title, exact=True).first.click()
    page.locator("#reports").wait_for()
    return page.url.removeprefix(receiver.site).split("#")[0]


def report(receiver, promise: str, happened: str, *, outcome: str = "going_on") -> None:
    page = receiver.go(f"{promise}rapportera/")
    page.locator(f"[name=outcome][value={outcome}]").check()
    page.locator("[name=happened]").fill(happened)
    if outcome == "going_on":
        page.locator("[name=due_after]").fill(in_days(40))
    page.locator("[name=right_thing][value=yes]").check()
    page.locator("main form.form button[type=submit]").first.click()
    page.locator("#reports").get_by_text(happened).wait_for()
