"""Whoever follows is told, and decides how: mails, the bell, a question to those who took part."""

import re
import time
from functools import partial
from urllib.parse import urlencode

import pytest

from hakapa.demo.people import DOMAIN
from tests.e2e.postbox import link_in, status_of, text_of
from tests.e2e.promising import FOLLOWED, RECEIVER, is_sound, press, promised, report
from tests.e2e.seeing import faults

KEPT = "Dataväxel i låda för den lilla kommunen"
scripts = pytest.mark.parametrize("script", [True, False], ids=["JavaScript", "no JavaScript"])


def _follow(visitor, promise: str, email: str, tongue: str) -> None:
    """Ask for mail about the promise, from its page."""
    page = visitor.go(f"{tongue}{promise}")
    is_sound(visitor)
    with page.expect_navigation():
        page.locator(".follow a").click()
    page.locator("[name=email]").fill(email)
    press(visitor, "main form.form button[type=submit]")
    page.get_by_text(email).wait_for()
    is_sound(visitor)


def _confirm_and_choose(visitor, mail) -> str:
    """Say that it was you, and hear of promises at once; return where that was chosen."""
    visitor.page.goto(link_in(mail, "bekrafta"))
    press(visitor)
    is_sound(visitor)
    with visitor.page.expect_navigation():
        visitor.page.locator("main a[href*='/notiser/post/']").click()
    assert visitor.page.locator("[name=mail_promise]").input_value() == "weekly"
    visitor.page.locator("[name=mail_promise]").select_option("at_once")
    press(visitor)
    assert visitor.page.locator("[name=mail_promise]").input_value() == "at_once"
    is_sound(visitor)
    return visitor.page.url


def _click_once(mail) -> int:
    """End the mails as a mail program does (RFC 8058): no page, no cookie; return the status."""
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = mail["List-Unsubscribe"].strip().strip("<>")
    return status_of(url, urlencode({"List-Unsubscribe": "One-Click"}).encode())


@pytest.mark.parametrize(
    ("script", "tongue"),
    [(True, ""), (True, "/en"), (False, "")],
    ids=["JavaScript", "JavaScript in English", "no JavaScript"],
)
def test_whoever_has_no_account_follows_hears_and_stops(visitor, postbox, script, tongue):
    reader, receiver = visitor(script=script, width=390), visitor(script=script)
    promise = promised(receiver.sign_in(RECEIVER), FOLLOWED)
    name = f"{script}{tongue.strip('/')}@follows.example.org".lower()
    clicks, reads = f"clicks-{name}", f"reads-{name}"
    chosen = {}
    for email in (clicks, reads):
        _follow(reader, promise, email, tongue)
        chosen[email] = _confirm_and_choose(reader, postbox.next_to(email))

    told = f"Vi har räknat på tre år, för {name}."
    report(receiver, promise, told)
    first, mail = postbox.next_to(clicks, after=1), postbox.next_to(reads, after=1)
    assert told in text_of(mail)
    reader.page.goto(link_in(mail, "ataganden"))
    reader.page.locator("#reports").get_by_text(told).wait_for()

    assert _click_once(first) == 200
    assert reader.page.goto(chosen[clicks]).status == 404
    report(receiver, promise, f"Och på fem, för {name}.")
    last = postbox.next_to(reads, after=2)
    assert len(postbox.to(clicks)) == 2
    reader.page.goto(link_in(last, "avsluta"))
    press(reader)
    is_sound(reader)
    assert reader.page.goto(chosen[reads]).status == 404


def _bell(visitor) -> int:
    shown = visitor.page.locator(".bell-count")
    return int(re.match(r"\d+", shown.inner_text())[0]) if shown.count() else 0


def _wait_until_it_rings(visitor, before: int) -> None:
    """Wait for the bell: by itself where scripts run, else by opening the page again."""
    page = visitor.page
    for _ in range(60):
        if _bell(visitor) > before:
            return
        if visitor.script:
            page.clock.fast_forward(61_000)  # the bell asks once a minute
        else:
            page.reload()
        time.sleep(0.7)
    pytest.fail("the bell did not ring")


@scripts
def test_the_bell_rings_and_is_quiet_when_the_notices_are_read(visitor, script):
    reader, receiver = visitor(script=script, width=390), visitor(script=script)
    promise = promised(receiver.sign_in(RECEIVER), FOLLOWED)
    reader.sign_in("utmanare")
    if script:
        reader.page.clock.install()
    page = reader.go("/utmaningar/")
    loads = []
    page.on("load", lambda opened: loads.append(opened))  # noqa: PLW0108  (Playwright marks what it calls)
    before = _bell(reader)
    told = f"Det ringde {'själv' if script else 'på begäran'}."
    report(receiver, promise, told)
    _wait_until_it_rings(reader, before)
    assert not (script and loads), "the page was loaded again"

    with page.expect_navigation():
        page.locator("#bell").click()
    page.locator(".told[data-new]").get_by_text(told).wait_for()
    press(reader, "main form button")
    page.locator(".told").get_by_text(told).wait_for()
    assert page.locator(".told[data-new]").count() == 0
    assert _bell(reader) == 0
    is_sound(reader)
    reader.go("/en/notiser/")
    is_sound(reader)


def test_whoever_took_part_confirms_by_the_link_in_the_mail(visitor, postbox):
    receiver, participant = visitor(), visitor(width=390)
    page = participant.sign_in("utmanare").go("/notiser/val/")
    page.locator("[name=mail_waits]").select_option("at_once")
    press(participant)
    email = f"utmanare@{DOMAIN}"
    before = len(postbox.to(email))
    promise = promised(receiver.sign_in(RECEIVER), KEPT)
    report(receiver, promise, "Den står i lådan.", outcome="kept")
    mail = postbox.next_to(email, after=before, about=KEPT)
    link = link_in(mail, "hande-det", about=KEPT)

    reads_mail = partial(visitor, width=390)  # on a telephone, without signing in
    for somebody, answer in ((reads_mail(), "yes"), (reads_mail(script=False), "partly")):
        page = somebody.page
        page.goto(link)
        page.get_by_text("Den står i lådan.").wait_for()
        page.locator(f"[name=answer][value={answer}]").check()
        press(somebody, "main form.form button[type=submit]")
        page.get_by_role("button", name="Ändra mitt svar").wait_for()
        assert page.locator(f"[name=answer][value={answer}]").is_checked()
    page = reads_mail().page
    page.goto(link.replace("/ataganden/", "/en/ataganden/"))
    assert faults(page) == []
    page = receiver.go(promise)
    page.get_by_text("Svaren visas när minst fem har svarat").wait_for()
