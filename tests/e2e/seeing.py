"""What is wrong with a page for those who hear it, or see it on a narrow phone."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROW = 320


def faults(page: Page) -> list[str]:
    """Return what axe finds at the page's own width, and whether it scrolls sideways at 320."""
    # Without preload: axe would fetch imported style sheets itself, from wrong addresses.
    results = Axe().run(page, options={"preload": False}).response["violations"]
    found = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in results]
    size = page.viewport_size
    page.set_viewport_size({"width": NARROW, "height": 800})
    if page.evaluate("document.documentElement.scrollWidth") > NARROW:
        found.append(f"scrolls sideways at {NARROW} px")
    page.set_viewport_size(size)
    return found
