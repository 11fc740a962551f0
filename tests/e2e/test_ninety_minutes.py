"""A whole lab of ninety minutes at speed: a lab leader, a projector and thirty phones."""

import json
import re
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import APIRequestContext, expect

from tests.e2e.halls import press
from tests.e2e.seeing import faults

PEOPLE, WITH_PAGES = 30, 3
PERSPECTIVES = ("municipality", "company", "resident")
IDEAS = ("En karta som alla ser", "Sanda där de äldre går", "Fråga bussförarna")
BENEFIT, EASE = 4, 3
PREPARING = ("Utmaningen", "Klargörande frågor", "Insikter vid borden")


@dataclass
class Plain:
    """A phone by HTTP alone: the plain pages, or what their script sends."""

    request: APIRequestContext
    site: str
    code: str
    script: bool
    seat: str = ""
    sent: int = field(default=0)

    def page(self, place: str = "") -> str:
        return self.request.get(f"{self.site}/labb/med/{self.code}/{place}").text()

    def send(self, place: str, **words: object) -> str:
        """Send the form of the page, as it stands with these words in it."""
        fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', self.page(place))
        form = {**dict(fields), **{name: str(word) for name, word in words.items()}}
        answer = self.request.post(f"{self.site}/labb/med/{self.code}/{place}", form=form)
        assert answer.ok, answer.status
        return answer.text()

    def join(self, number: int) -> None:
        """Take a seat at one of six tables."""
        page = self.send("", perspective=PERSPECTIVES[number % 3], table=number % 6 + 1)
        self.seat = re.search(r'data-seat="([^"]+)"', page)[1]

    def rate(self, statement: int) -> None:
        """Rate the statement by its benefit and by how easy it is to begin."""
        if not self.script:
            self.send("rosta/", statement=statement, benefit=BENEFIT, ease=EASE)
            return
        self.sent += 1
        answers = [
            {"ballot": ballot, "statement": statement, "value": value, "sequence": self.sent}
            for ballot, value in (("benefit", BENEFIT), ("ease", EASE))
        ]
        answer = self.request.post(
            f"{self.site}/live/rost",
            data=json.dumps({"answers": answers}),
            headers={"X-Seat": self.seat, "Content-Type": "application/json"},
        )
        assert len(answer.json()["saved"]) == 2


def _take_a_seat(phone, code: str) -> None:
    page = phone.go(f"/labb/med/{code}/")
    page.locator("[name=perspective][value=resident]").check()
    page.locator("[name=table]").fill("3")
    page.locator("main button[type=submit]").click()
    page.get_by_text("Du har en plats").first.wait_for()


def _write(phone, code: str, text: str, kind: str) -> None:
    page = phone.page
    if not phone.script:
        phone.go(f"/labb/med/{code}/skriv/")
    page.locator(f"#writing [name=kind][value={kind}]").check()
    page.locator("#writing [name=text]").fill(text)
    page.get_by_role("button", name="Skicka", exact=True).click()
    page.locator("#notes").get_by_text(text, exact=True).wait_for()


def _rate_all(phone, code: str) -> None:
    page = phone.page
    if not phone.script:
        phone.go(f"/labb/med/{code}/rosta/")
    for left in range(len(IDEAS), 0, -1):
        expect(page.locator("#progress")).to_contain_text(f"{len(IDEAS) - left} av {len(IDEAS)}")
        page.locator(f"[name=benefit][value='{BENEFIT}']").check(force=True)
        page.locator(f"[name=ease][value='{EASE}']").check(force=True)
        page.get_by_role("button", name="Spara och gå vidare").click()
    page.get_by_role("heading", name="Du har svarat på allt hittills.").wait_for()


@dataclass
class Room:
    """Who is in the room, and what they do in turn."""

    leader: object
    wall: object
    phones: list[object]
    others: list[Plain]
    code: str

    def step(self, name: str) -> None:
        """Let the lab leader take the next step, by a key where there are scripts."""
        page = self.leader.page
        if self.leader.script:
            page.keyboard.press("n")
        else:
            page.reload()
            press(page, "Nästa steg")
        page.locator("[aria-current=step]").get_by_text(name).wait_for()
        expect(self.on_the_wall("h1")).to_have_text(name)

    def on_the_wall(self, what: str):
        """Return a part of the projector, which without scripts looks again by itself."""
        if not self.wall.script:
            self.wall.page.reload()
        return self.wall.page.locator(what)


@pytest.fixture
def room(visitor, browser, request):
    script = request.param
    leader = visitor(script=script).sign_in("labbledare")
    page = leader.go("/labb/ny/utmanarlabb-90/")
    page.locator("[name=title]").fill("Nittio minuter om halka")
    page.locator("[name=challenges]").first.check()
    page.locator("[name=starts_at]").fill(f"{timezone.localdate() + timedelta(days=1)}T12:00")
    press(page, "Planera labbet")
    page.locator("[name=organisation]").select_option(label="Umeå")
    page.get_by_role("button", name="Bjud in", exact=True).click()
    page.locator("#receivers li").get_by_role("link", name="Umeå").wait_for()
    press(page, "Öppna labbet")
    path = re.search(r"/labb/\d+/", page.url).group()
    page = leader.go(f"{path}led/")
    code = re.search(r"[2-9A-HJ-NP-Z]{6}", page.locator(".join-code").first.inner_text()).group()
    wall = visitor(script=script)
    wall.page.set_viewport_size({"width": 1600, "height": 900})
    wall.go(f"{path}projektor/")
    phones = [visitor(script=script, width=390) for _ in range(WITH_PAGES)]
    contexts = [browser.new_context() for _ in range(PEOPLE - WITH_PAGES)]
    others = [Plain(one.request, leader.site, code, script) for one in contexts]
    yield Room(leader, wall, phones, others, code), path
    for context in contexts:
        context.close()


def _check_the_report(leader, path: str) -> None:
    """See that everything is there, counted once, within a minute."""
    page = leader.go(f"{path}rapport/")
    text = page.locator("main").inner_text()
    assert re.search(r"30\s+deltog", text)
    for idea in IDEAS:
        assert idea in text
    request = page.context.request
    files = ("rapport.pdf", "rapport.docx", "oppna-data.zip", "pastaenden.csv")
    answers = {name: request.get(f"{page.url}{name}") for name in files}
    assert {name: answer.status for name, answer in answers.items()} == dict.fromkeys(files, 200)


def _all_write(room: Room) -> None:
    """Write down an insight each, and then three ideas."""
    for number, other in enumerate(room.others):
        other.send("skriv/", text=f"Här är det halt, plats {number}", kind="insight")
    for number, phone in enumerate(room.phones):
        _write(phone, room.code, f"Halt vid skolan, dag {number}", "insight")
    expect(room.on_the_wall("#count")).to_contain_text("30 inlägg")

    room.step("Förslag")
    for phone, idea in zip(room.phones, IDEAS, strict=True):
        _write(phone, room.code, idea, "proposal")
    expect(room.on_the_wall("#side")).to_contain_text(IDEAS[-1])


def _all_rate(room: Room) -> None:
    """Rate every idea, and see the results when the lab leader shows them."""
    for other in room.others:
        for _ in IDEAS:
            statement = re.search(r'name="statement" value="(\d+)"', other.page("rosta/"))[1]
            other.rate(int(statement))
    for phone in room.phones:
        _rate_all(phone, room.code)
    if room.leader.script:
        room.leader.page.keyboard.press("r")
    else:
        press(room.leader.page, "Visa resultatet")
    expect(room.on_the_wall("h1")).to_have_text("Vad rummet tycker")
    expect(room.on_the_wall("#count")).to_contain_text(f"{PEOPLE} har svarat")


@pytest.mark.parametrize("room", [True, False], ids=["with", "without"], indirect=True)
def test_a_room_of_thirty_goes_through_ninety_minutes_without_a_miscount(room):
    room, path = room
    for phone in room.phones:
        _take_a_seat(phone, room.code)
    for number, other in enumerate(room.others):
        other.join(number)
    expect(room.on_the_wall("#count")).to_contain_text("30 är här")

    page = room.leader.page
    press(page, "Starta labbet")
    for name in PREPARING:
        room.step(name)
    _all_write(room)
    room.step("Väg samman")
    _all_rate(room)
    room.step("Mottagarna svarar")
    room.step("Avslut")
    for place in ("led/sla-ihop/?bord=1", "kort/", "led/stang/"):
        room.leader.go(path + place)
        assert not room.leader.script or faults(page) == []
    page.locator("main textarea, main input[type=text]").first.fill("Svarar på fredag")
    press(page, "Avsluta labbet")
    for phone in room.phones:
        if not phone.script:
            phone.page.reload()
        phone.page.get_by_role("link", name=re.compile("rapport")).first.wait_for()
    _check_the_report(room.leader, path)
