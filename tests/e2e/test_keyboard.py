"""Nothing but a keyboard: what is in focus is seen, and everything is reached in order."""

import pytest

MOST_STOPS = 90
# What holds the focus, whether its mark is drawn, and whether it can be seen.
_LOOK = """() => {
  const here = document.activeElement;
  if (here === document.body) return null;  // the browser's own buttons, between last and first
  const mark = getComputedStyle(here);
  const { top, bottom, width } = here.getBoundingClientRect();
  return {
    html: here.outerHTML.slice(0, 120),
    marked: mark.outlineStyle !== "none" && parseFloat(mark.outlineWidth) >= 2,
    seen: width > 0 && bottom > 0 && top < innerHeight,
  };
}"""


class Keys:
    """Somebody who walks a page by the keyboard alone."""

    def __init__(self, page):
        self.page = page

    def to(self, selector):
        """Press Tab until it is reached; each stop on the way must show that it is one."""
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if not (stop := self.page.evaluate(_LOOK)):
                continue
            assert stop["marked"], f"nothing marks the focus on {stop['html']}"
            assert stop["seen"], f"the focus is out of sight on {stop['html']}"
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return self
        pytest.fail(f"no key leads to {selector}")

    def write(self, selector, text):
        self.to(selector).page.keyboard.type(text)
        return self

    def press(self, key):
        self.page.keyboard.press(key)
        return self

    def go(self, selector):
        """Go where a link or a button leads."""
        self.to(selector)
        with self.page.expect_navigation():
            self.press("Enter")
        return self


@pytest.fixture
def keys(visitor):
    def at(role="", *, width=1440):
        somebody = visitor(width=width)
        if role:
            somebody.sign_in(role)
        somebody.go("/")
        return Keys(somebody.page)

    return at


def test_the_first_stop_leads_past_the_menu(keys):
    keys = keys()

    keys.to("a[href='#main']").press("Enter").press("Tab")

    assert keys.page.evaluate("!!document.activeElement.closest('main')")


def test_a_challenge_is_presented_by_the_keyboard(keys):
    keys = keys("utmanare")
    keys.go("a.ds-button[href='/utmaningar/ny/']")

    keys.write("[name=title]", "Halka vid hållplatserna")
    keys.write("[name=today]", "Bussarna stannar där ingen har sandat.")
    keys.write("[name=wish]", "Hur vet den som sandar var bussen stannar?")
    keys.write("[name=affected]", "De som väntar på bussen")
    keys.go("main form button[type=submit]")

    keys.page.get_by_role("heading", level=1, name="Halka vid hållplatserna").wait_for()


@pytest.mark.parametrize("width", [390, 1440])
def test_a_seat_is_taken_and_used_by_the_keyboard(keys, texts, code, width):
    keys = keys(width=width)
    if width < 700:
        keys.to("header summary, header button").press("Enter")
    keys.go("a[href='/labb/med/']")
    keys.write("[name=code]", code).go("main button[type=submit]")
    keys.to("[name=perspective]").press("ArrowDown").press("ArrowDown")
    keys.go("main button[type=submit]")
    keys.page.locator(".phone-question").first.wait_for()

    keys.to("a[href*='/rosta/']").press("Enter")
    keys.page.locator("#progress", has_text="0 av 2").wait_for()
    keys.to("main button[value='1']").press("Enter")

    keys.page.locator("#progress", has_text="1 av 2").wait_for()
    keys.page.locator("#saved", has_text="Sparat").wait_for()
