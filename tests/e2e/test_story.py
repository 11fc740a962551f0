"""The ten-minute story, walked by those who live it: from a challenge to a kept promise."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.e2e.halls import press
from tests.e2e.seeing import faults


def _code_of(page) -> str:
    return re.search(r"[2-9A-HJ-NP-Z]{6}", page.locator(".join-code").first.inner_text()).group()


def _is_sound(visitor) -> None:
    """Look at the page where the visitor is; a browser without scripts cannot look at itself."""
    if visitor.script:
        assert faults(visitor.page) == []


def _present_a_challenge(visitor, title: str) -> None:
    page = visitor.sign_in("utmanare").go("/utmaningar/ny/")
    page.locator("[name=title]").fill(title)
    page.locator("[name=today]").fill("Varje morgon ringer hemtjänsten runt och frågar.")
    page.locator("[name=wish]").fill("Hur får alla veta det samtidigt?")
    page.locator("[name=affected]").fill("Hemtjänsten och de som väntar på den")
    press(page, "Spara som utkast")
    press(page, "Öppna utmaningen")
    page.goto(page.url + "stang/")
    _is_sound(visitor)


def _plan_a_lab(visitor, challenge: str) -> str:
    """Plan a lab from a template, invite the receiver, open it; return the lab's path."""
    page = visitor.sign_in("labbledare").go("/labb/ny/blixtlabb-45/")
    page.locator("[name=title]").fill("Halka på lunchen")
    page.get_by_label(challenge).check()
    page.locator("[name=starts_at]").fill(f"{timezone.localdate() + timedelta(days=1)}T12:00")
    press(page, "Planera labbet")
    path = page.url.removeprefix(visitor.site)
    page.locator("[name=organisation]").select_option(label="Umeå")
    page.get_by_role("button", name="Bjud in", exact=True).click()
    page.locator("#receivers li").get_by_role("link", name="Umeå").wait_for()
    press(page, "Öppna labbet")
    return path


def _take_a_seat(phone, code: str) -> None:
    page = phone.go("/labb/med/")
    page.locator("[name=code]").fill(code.lower())
    page.locator("main button[type=submit]").click()
    page.locator("[name=perspective][value=resident]").wait_for()
    _is_sound(phone)
    page.locator("[name=perspective][value=resident]").check()
    page.locator("[name=table]").fill("3")
    page.locator("main button[type=submit]").click()
    page.wait_for_url(re.compile("/nu/|/skriv/|/rosta/"))


def _write(phone, code: str, text: str) -> None:
    page = phone.go(f"/labb/med/{code}/skriv/")
    _is_sound(phone)
    page.locator("[name=text]").fill(text)
    page.locator("[name=kind][value=proposal]").check()
    page.get_by_role("button", name="Skicka", exact=True).click()
    page.locator("#notes").get_by_text(text, exact=True).wait_for()


def _agree(phone, code: str, text: str) -> None:
    """Answer until the statement has been agreed with."""
    page = phone.go(f"/labb/med/{code}/rosta/")
    _is_sound(phone)
    if page.locator("#ballot h2").inner_text() != text:
        page.get_by_role("button", name="Hoppa över").click()
    page.get_by_role("heading", name=text).wait_for()
    page.get_by_role("button", name="Håller med").click()
    page.get_by_role("heading", name=text).wait_for(state="detached")


def _gather(leader, lab: str, challenge: str, note: str, idea: str) -> None:
    """Gather a note into a proposal, from the lab leader's page."""
    page = leader.go(f"{lab}led/")
    _is_sound(leader)
    page.get_by_role("link", name="Samla inlägg till ett förslag").click()
    page.get_by_label(note).check()
    page.locator("[name=title]").fill(idea)
    page.locator("[name=first_step]").fill("Sätt upp den första på måndag")
    page.locator("[name=challenge]").select_option(label=challenge)
    page.locator("main form.form button[type=submit]").first.click()
    page.get_by_role("heading", name=idea, exact=True).wait_for()


def _take_it_on(receiver, idea: str) -> None:
    """Answer as the receiver: yes, this first, by then."""
    page = receiver.sign_in("mottagare").go("/ataganden/vantar/")
    page.get_by_role("link", name=idea, exact=True).first.click()
    page.wait_for_url(re.compile(r"/ataganden/\d+/"))
    promise = page.url.removeprefix(receiver.site)
    page = receiver.go(f"{promise.split('?')[0]}svara/")
    page.locator("[name=move][value=take]").check()
    page.locator("[name=next_step]").fill("Vi sätter upp den första")
    page.locator("[name=due]").fill(str(timezone.localdate() + timedelta(days=30)))
    page.locator("[name=mandate][value=unclear]").check()
    page.locator("main form.form button[type=submit]").first.click()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_a_challenge_to_a_kept_promise(visitor, script):
    challenger, leader, receiver = (visitor(script=script) for _ in range(3))
    phones = [visitor(script=script, width=390), visitor(script=False, width=390)]

    title = "Ingen vet var det är halt" if script else "Alla ringer runt om halkan"
    idea = "Tio mätpunkter, en karta" if script else "En karta som alla ser"
    _present_a_challenge(challenger, title)
    lab = _plan_a_lab(leader, title)
    page = leader.go(f"{lab}led/")
    code = _code_of(page)
    press(page, "Starta labbet")
    for phone, text in zip(phones, ("Mät på tio ställen", "Fråga bussförarna"), strict=True):
        _take_a_seat(phone, code)
        _write(phone, code, text)
    _agree(phones[0], code, "Fråga bussförarna")
    _agree(phones[1], code, "Mät på tio ställen")

    _gather(leader, lab, title, "Fråga bussförarna", f"{idea}, också på bussen")
    _gather(leader, lab, title, "Mät på tio ställen", idea)
    proposal = page.url
    for place in ("sla-ihop/", "dra-tillbaka/"):
        page.goto(proposal + place)
        _is_sound(leader)

    _take_it_on(receiver, idea)
    page = visitor(script=script).go("/ataganden/?standing=on_its_way")
    page.get_by_role("link", name=idea, exact=True).first.wait_for()
    page = challenger.go("/utmaningar/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_text("1 av 1 lovade").first.wait_for()
