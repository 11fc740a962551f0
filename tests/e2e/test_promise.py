"""What becomes of a promise, in the browser: answered, late, moved, told, confirmed, moderated."""

import re
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from hakapa import demo
from tests.e2e.seeing import faults

LATE = "Nyttotabell per aktör före varje budget"
ASKED = "Återbetalningsfond mellan nämnder"
PICTURE = Path(demo.__file__).with_name("sensors.webp")


def _is_sound(visitor) -> None:
    """Look at the page where the visitor is; a browser without scripts cannot look at itself."""
    if visitor.script:
        assert faults(visitor.page) == []


def _send(visitor) -> None:
    _is_sound(visitor)
    with visitor.page.expect_navigation():
        visitor.page.locator("main form.form button[type=submit]").first.click()


def _in_days(number: int) -> str:
    return str(timezone.localdate() + timedelta(days=number))


def _open_from_desk(receiver, deed: str, title: str) -> None:
    """Choose from the desk what is done with the promise."""
    page = receiver.go("/ataganden/vantar/")
    _is_sound(receiver)
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile(rf"^{deed} ?: {title}$")).click()


def _tell_that_it_is_kept(receiver, title: str) -> None:
    _open_from_desk(receiver, "Berätta hur det gick", title)
    page = receiver.page
    page.locator("[name=outcome][value=kept]").check()
    page.locator("[name=happened]").fill("Tabellen är ifylld med fyra aktörer.")
    page.locator("[name=learned]").fill("Börja med ekonomerna.")
    page.locator("[name=right_thing][value=yes]").check()
    page.locator("[name=picture]").set_input_files(PICTURE)
    page.locator("[name=description]").fill("Tabellen på väggen")
    _send(receiver)
    page.get_by_text("Börja med ekonomerna.").wait_for()
    shown = page.get_by_alt_text("Tabellen på väggen").get_attribute("src")
    answer = page.request.get(receiver.site + shown)
    assert (answer.status, answer.headers["content-type"]) == (200, "image/jpeg")
    page.get_by_role("heading", name="Blev det av?").wait_for()


def _take_the_picture_away(receiver) -> None:
    page = receiver.page
    page.get_by_role("link", name=re.compile("^Ta bort bilden")).click()
    _send(receiver)
    page.get_by_text("Bilden är borta för gott.").wait_for()
    assert page.get_by_alt_text("Tabellen på väggen").count() == 0


def _confirm(participant, title: str) -> None:
    """Answer as somebody who took part, by the link on one's own page."""
    page = participant.go("/organisationer/jag/")
    with page.expect_navigation():
        page.get_by_role("link", name=title, exact=True).click()
    page.locator("[name=answer][value=partly]").check()
    page.locator("[name=line]").fill("Jag har sett den")
    _send(participant)
    page.get_by_role("button", name="Ändra mitt svar").wait_for()


def _kept_by_umea(reader) -> int:
    page = reader.go("/ataganden/redovisning/")
    _is_sound(reader)
    row = page.get_by_role("row", name=re.compile("^Umeå"))
    return int(row.get_by_role("cell").nth(1).inner_text())


def test_a_late_promise_is_moved_told_of_confirmed_and_counted(visitor):
    receiver, participant, reader = (visitor(width=390) for _ in range(3))
    before = _kept_by_umea(reader)
    page = reader.go("/ataganden/?standing=late")
    page.get_by_role("link", name=LATE).first.wait_for()
    page.get_by_text("försenat 6 dagar").first.wait_for()

    receiver.sign_in("mottagare")
    _open_from_desk(receiver, "Flytta datumet", LATE)
    page = receiver.page
    page.locator("[name=due]").fill(_in_days(9))
    page.locator("[name=why]").fill("Bokslutet tar veckan ut")
    _send(receiver)
    page.get_by_role("heading", name="Datum som har gällt").wait_for()
    assert page.get_by_text("försenat").count() == 0

    _tell_that_it_is_kept(receiver, LATE)
    _take_the_picture_away(receiver)
    _confirm(participant.sign_in("utmanare"), LATE)
    page = reader.go(page.url.removeprefix(reader.site).split("#")[0])
    page.get_by_text("Svaren visas när minst fem har svarat").wait_for()
    assert page.get_by_text("Jag har sett den").count() == 0
    assert _kept_by_umea(reader) == before + 1


def test_a_question_is_answered_told_of_and_confirmed_without_javascript(visitor):
    receiver, participant, reader = (visitor(script=False, width=390) for _ in range(3))
    before = _kept_by_umea(reader)
    receiver.sign_in("mottagare")
    _open_from_desk(receiver, "Svara", ASKED)
    page = receiver.page
    page.locator("[name=move][value=take]").check()
    page.locator("[name=next_step]").fill("Skriva reglerna på en sida")
    page.locator("[name=due]").fill(_in_days(30))
    page.locator("[name=mandate][value=unclear]").check()
    _send(receiver)
    page.get_by_text("oklart mandat").first.wait_for()

    _tell_that_it_is_kept(receiver, ASKED)
    _confirm(participant.sign_in("utmanare"), ASKED)
    assert _kept_by_umea(reader) == before + 1


def test_a_reported_text_is_hidden_with_its_reason(visitor):
    reader, steward = visitor(width=390), visitor(width=390)
    page = reader.go("/ataganden/?standing=kept")
    page.get_by_role("link", name="Stafettpinne: liten och stor kommun leder i par").first.click()
    promise = page.url.removeprefix(reader.site)
    page.get_by_role("link", name=re.compile("^Anmäl texten")).first.click()
    page.locator("[name=ground][value=untrue]").check()
    page.locator("[name=words]").fill("Ordningen lottades aldrig")
    _send(reader)
    page.get_by_text("De som granskar tittar på det").wait_for()

    page = steward.sign_in("drift").go("/granskning/")
    page.get_by_role("link", name=re.compile("^Rapport om ett löfte")).first.click()
    page.get_by_text("Ordningen lottades aldrig").wait_for()
    page.locator("[name=reason]").fill("Vi har frågat, och den stämmer inte.")
    _send(steward)

    page = reader.go(promise)
    page.get_by_text("Vi har frågat, och den stämmer inte.").wait_for()
    _is_sound(reader)
