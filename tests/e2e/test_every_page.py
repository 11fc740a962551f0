"""Every page that somebody can reach, seen as those see it who need it most.

A crawl from the start page, as a reader and as each of the demo's roles, finds one page of every
kind; each is checked in both languages, the English ones in the dark.
"""

import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, get_resolver, resolve, reverse
from playwright.sync_api import Browser, Page

from hakapa.demo.people import DOMAIN, PASSWORD
from tests.e2e.seeing import faults

# Where each begins: receivers at their desk, since what is their own is found from there.
STARTS = {
    "": "/",
    "utmanare": "/",
    "labbledare": "/",
    "mottagare": "/ataganden/vantar/",
    "drift": "/",
}
ROLES = tuple(STARTS)
NOT_ALLOWED = 405
ENOUGH = 120  # pages a role opens in search of new kinds
SIGNED_IN_FILES = {"accounts:my_data", "moderation:log"}
FILE = r"\.(csv|xlsx|xml|json|pdf|docx|zip|svg|ics)(\?|$)"
NOT_A_PAGE = re.compile(rf"/(api|static)/|{FILE}|/konto/logout/")
ERRORS = ("/finns-inte/", "/utmaningar/999999/", "/?a=%00")


def _kind(path: str) -> str:
    """Return the name of the view that answers the path; pages of one view are of one kind."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return "404"


def _pages(links: list[str]) -> list[str]:
    """Return the Swedish pages among the links, each once, in their order."""
    return [
        link
        for link in dict.fromkeys(links)
        if not link.startswith("/en/") and not NOT_A_PAGE.search(link)
    ]


def _sign_in(page: Page, site: str, role: str) -> None:
    page.goto(site + "/konto/login/")
    page.locator("[name=login]").fill(f"{role}@{DOMAIN}")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(site + "/")


def _links(page: Page, site: str) -> list[str]:
    hrefs = page.eval_on_selector_all("a[href]", "links => links.map(a => a.getAttribute('href'))")
    urls = [urlsplit(urljoin(page.url, href)) for href in hrefs]
    return [
        url.path + (f"?{url.query}" if url.query else "")
        for url in urls
        if url.netloc == urlsplit(site).netloc
    ]


@pytest.fixture(scope="module")
def pages(site: str, browser: Browser) -> dict[str, list[str]]:
    """Return, for each role, a Swedish path for every kind of page it is first to reach.

    What a role has opened least of comes next, so that many pages of one kind hide no other.
    """
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    files: set[str] = set()
    for role in ROLES:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        if role:
            _sign_in(page, site, role)
        waiting, opened = [STARTS[role]], Counter[str]()
        known = set(waiting)
        found[role] = []
        while waiting and opened.total() < ENOUGH:
            path = min(waiting, key=lambda path: opened[_kind(path)])
            waiting.remove(path)
            page.goto(site + path)
            opened[_kind(path)] += 1
            if _kind(path) not in seen:
                found[role].append(path)
                seen.add(_kind(path))
            links = _links(page, site)
            files |= {link for link in links if re.search(FILE, link)}
            new = [link for link in _pages(links) if link not in known]
            waiting += new
            known.update(new)
        context.close()
    found[""] += ERRORS
    found["files"] = sorted(files)
    return found


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_accessible_and_fits_a_narrow_phone(site, browser, pages, role, language):
    context = browser.new_context(color_scheme="light" if language == "sv" else "dark")
    page = context.new_page()
    if role:
        _sign_in(page, site, role)
    wrong: dict[str, list[str]] = {}
    for path in pages[role]:
        page.goto(site + ("/en" if language == "en" else "") + path)
        if found := faults(page):
            wrong[path] = found
    context.close()

    assert wrong == {}


# Pages that only a lab going on has; test_story and test_phone look at them when they get there.
IN_THE_STORY = {
    "labs:enter", "labs:now", "labs:write", "labs:vote", "labs:keep", "labs:questions",
    "challenges:close", "labs:codes", "labs:code_sheet", "labs:close", "labs:merge", "labs:type_in",
    "proposals:merge", "proposals:withdraw", "commitments:verify", "moderation:case",
}  # fmt: skip
# Pages whose addresses are secret and come by mail, or that are an administrator's own; the tests
# of notices look at them.
BY_SECRET = {
    "notices:choose_by_mail", "notices:confirm", "notices:stop", "notices:calendar",
    "notices:webhook",
}  # fmt: skip
# Parts of pages: on their own for htmx, or in the frame of another site.
NOT_WHOLE = {"challenges:similar", "notices:count", "notices:embedded"}


def test_the_crawl_reaches_every_kind_of_page(site, browser, pages):
    reached = {_kind(path) for paths in pages.values() for path in paths}
    every = {
        f"{app}:{pattern.name}": pattern
        for app, (_, resolver) in get_resolver().namespace_dict.items()
        if app != "api"
        for pattern in resolver.url_patterns
    }
    request = browser.new_context().request
    missed = []
    for name in every.keys() - reached - IN_THE_STORY - NOT_WHOLE - BY_SECRET - SIGNED_IN_FILES:
        examples = {"form": "csv", "code": "ABC234", "slug": "labb", "template": "samtycke"}
        arguments = {key: examples.get(key, 1) for key in every[name].pattern.converters}
        answer = request.get(site + reverse(name, kwargs=arguments), max_redirects=0)
        is_file = "attachment" in answer.headers.get("content-disposition", "")
        is_data = "text/html" not in answer.headers.get("content-type", "")
        if answer.status != NOT_ALLOWED and not (is_file or is_data):
            missed.append(name)

    assert sorted(missed) == []
