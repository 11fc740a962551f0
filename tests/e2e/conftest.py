"""A site of its own for the browser: started as its users start it, with the demo world."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from hakapa.config import database
from hakapa.demo.people import DOMAIN, PASSWORD
from tests.e2e import halls
from tests.e2e.postbox import Postbox

# Playwright keeps a loop of its own in the thread that also runs ordinary tests.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
TEXTS = ("Mät på tio ställen", "Fråga bussförarna")
ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium")
STARTS_WITHIN = 180  # seconds, on a busy machine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark these, and leave them out where there is no browser."""
    missing = pytest.mark.skip(reason="Debian's chromium is not installed")
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.e2e)
            if CHROMIUM is None:
                item.add_marker(missing)


@pytest.fixture(scope="session")
def world() -> Iterator[str]:
    """Return the address of a database with the demo world, which nobody touches."""
    with database.temporary() as address:
        environment = {**os.environ, "DATABASE_URL": address}
        for name in ("migrate", "demo"):
            command = [sys.executable, "-m", "hakapa", name, "-v0"]
            subprocess.run(command, cwd=ROOT, env=environment, check=True)  # noqa: S603
        yield address


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return where the site is, and where it writes what it writes."""
    port = _free_port()
    return {
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "HAKAPA_SITE_URL": f"http://127.0.0.1:{port}",
        "HAKAPA_VAR": str(tmp_path_factory.mktemp("var")),
    }


@pytest.fixture
def postbox(places: dict[str, str]) -> Postbox:
    """Return the mails that the site sends."""
    return Postbox(Path(places["HAKAPA_VAR"]) / "mail")


@pytest.fixture(scope="module")
def site(places: dict[str, str], world: str) -> Iterator[str]:
    """Return the address of a running site with a demo world that no other module has changed."""
    with database.temporary(like=world) as address:
        command = [sys.executable, "-m", "hakapa", "serve"]
        environment = {**os.environ, **places, "DATABASE_URL": address}
        server = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603
        try:
            yield _wait_for(places["HAKAPA_SITE_URL"], server)
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Debian's Chromium: no download, the same for every developer.

    Playwright keeps a loop running in this thread, so it is gone before other tests want theirs.
    """
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@dataclass
class Visitor:
    """Somebody at a browser of their own."""

    page: Page
    site: str
    script: bool

    def go(self, path: str) -> Page:
        """Open a page of the site."""
        self.page.goto(self.site + path)
        return self.page

    def sign_in(self, role: str) -> "Visitor":
        """Sign in as one of the demo's roles."""
        self.go("/konto/login/")
        self.page.locator("[name=login]").fill(f"{role}@{DOMAIN}")
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("main button[type=submit]").click()
        self.page.wait_for_url(self.site + "/")
        return self


@pytest.fixture
def visitor(site: str, browser: Browser):
    """Return a maker of visitors, each with cookies of their own, with or without JavaScript."""
    contexts = []

    def come(*, script: bool = True, width: int = 1440, language: str = "sv-SE") -> Visitor:
        context = browser.new_context(
            java_script_enabled=script,
            viewport={"width": width, "height": 900},
            locale=language,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Visitor(context.new_page(), site, script)

    yield come
    for context in contexts:
        context.close()


@pytest.fixture
def leader(visitor):
    """Return a lab leader who has started a flash lab; its code is on their page."""
    return halls.started(halls.opened(visitor))


@pytest.fixture
def code(leader) -> str:
    return halls.code_of(leader)


@pytest.fixture
def texts(visitor, code) -> tuple[str, ...]:
    """Let somebody write two things to answer, on plain pages."""
    writer = visitor(script=False, width=390)
    page = halls.sit(writer, code)
    for text in TEXTS:
        page.goto(f"{writer.site}/labb/med/{code}/skriv/")
        page.locator("[name=text]").fill(text)
        page.locator("[name=kind][value=proposal]").check()
        halls.press(page, "Skicka")
    return TEXTS


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(site: str, server: "subprocess.Popen[bytes]") -> str:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(site + "/om/", timeout=5):  # noqa: S310
                return site
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail("the site did not start")
