"""A lab with personal codes: one printed slip gives one seat."""

import re
from datetime import timedelta

from django.utils import timezone

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
