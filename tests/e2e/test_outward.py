"""Dates in a calendar of one's own, and promises in a frame on somebody else's site."""

import urllib.error
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.utils import timezone
from icalendar import Calendar

from tests.e2e.postbox import status_of
from tests.e2e.promising import FOLLOWED, RECEIVER, is_sound, press, promised

scripts = pytest.mark.parametrize("script", [True, False], ids=["JavaScript", "no JavaScript"])


@scripts
def test_a_calendar_has_an_address_until_it_is_turned_off(visitor, script):
    reader = visitor(script=script, width=390)
    promised(reader.sign_in(RECEIVER), FOLLOWED)
    page = reader.go("/notiser/val/")
    press(reader, "form[action$='/notiser/kalender/'] button")
    is_sound(reader)
    address = page.locator("main .address code").inner_text()
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        days = {
            str(event["summary"]): event["dtstart"].dt
            for event in Calendar.from_ical(answer.read()).walk("VEVENT")
        }
    assert days[f"Rapport: {FOLLOWED}"] >= timezone.localdate()

    reader.go("/en/notiser/val/")
    press(reader, "[name=revoke]")
    is_sound(reader)
    assert page.locator("main .address code").count() == 0
    assert status_of(address) == 404


class _Elsewhere(BaseHTTPRequestHandler):
    """Another site's page, which holds whatever its address names in a frame."""

    def do_GET(self) -> None:
        body = f'<!DOCTYPE html><title>a</title><iframe src="{self.path[1:]}"></iframe>'.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _another_site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@scripts
def test_the_list_of_promises_stands_in_a_frame_elsewhere_and_no_other_page_does(visitor, script):
    reader = visitor(script=script)
    page = reader.page
    said = []
    page.on("console", lambda message: said.append(message.text))
    with _another_site() as elsewhere:
        page.goto(f"{elsewhere}/{reader.site}/badda-in/ataganden/")
        frame = page.frame_locator("iframe")
        frame.get_by_role("heading", name="Löften", exact=True).wait_for()
        assert frame.locator(".promises li").count() > 5
        for path in ("/ataganden/", "/", "/konto/login/", "/notiser/val/"):
            said.clear()
            page.goto(f"{elsewhere}/{reader.site}{path}")
            page.wait_for_timeout(300)
            assert frame.locator("main").count() == 0, path
            assert any("frame-ancestors" in words for words in said), path
    for path in ("/badda-in/ataganden/", "/en/badda-in/ataganden/"):
        reader.go(path)
        is_sound(reader)
