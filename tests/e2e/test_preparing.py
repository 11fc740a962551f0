"""A lab with personal codes: one printed slip gives one seat."""

import re
from datetime import timedelta

from django.utils import timezone

from tests.e2e import halls
from tests.e2e.seeing import faults


def test_personal_codes_are_made_and_printed(visitor):
    leader = visitor().sign_in("labbledare")
    page = leader.go("/labb/ny/blixtlabb-45/")
    page.locator("[name=title]").fill("Var och en med sin kod")
    page.locator("[name=challenges]").first.check()
    page.locator("[name=starts_at]").fill(f"{timezone.localdate() + timedelta(days=1)}T12:00")
    page.locator("[name=by_personal_codes]").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Planera labbet").click()
    lab = re.search(r"/labb/\d+/", page.url).group()

    leader.go(f"{lab}koder/")
    page.locator("main [name=number]").fill("12")
    with page.expect_navigation():
        page.locator("main form.form button[type=submit]").first.click()
    assert faults(page) == []
    leader.go(f"{lab}koder/ark/")
    assert faults(page) == []
    assert page.locator("main svg, .slips svg").count() == 12


def test_a_seat_moves_to_another_phone_when_the_first_has_given_out(visitor):
    leader = halls.opened(visitor, personal=True)
    page = halls.at(leader, "koder/")
    page.locator("main [name=number]").fill("3")
    halls.press(page, "Skapa koderna")
    sheet = halls.at(leader, "koder/ark/")
    code = sheet.locator(".slip .join-code").first.inner_text()
    halls.started(leader)
    old, new = visitor(width=390), visitor(width=390)
    halls.sit(old, code)
    halls.step(leader)
    old.page.get_by_role("heading", name=re.compile("Skriv tre saker")).wait_for()

    office = visitor().sign_in("labbledare")
    office.page.goto(leader.page.url)
    page = halls.at(office, "koder/")
    assert faults(page) == []
    page.get_by_label("Koden på personens lapp").fill(code)
    halls.press(page, "Frigör koden")
    page.get_by_text(f"{code} är fri.").wait_for()
    new.go(f"/labb/med/{code}/").get_by_role("heading", name="Här är din plats.").wait_for()
    assert faults(new.page) == []
    halls.press(new.page, "Fortsätt med den här telefonen")
    new.page.get_by_role("heading", name=re.compile("Skriv tre saker")).wait_for()

    old.page.locator("#writing [name=text]").fill("Sanda där de äldre går")
    old.page.get_by_role("button", name="Skicka").click()
    old.page.get_by_role("heading", name="Halka på lunchen").wait_for()  # the door once more
    old.page.get_by_label("Din personliga kod").wait_for()
