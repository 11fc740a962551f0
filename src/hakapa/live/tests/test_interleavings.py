"""Whatever happens in whatever order, over two processes, everyone ends with what there is."""

import asyncio
import json

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from hakapa.live import channels
from hakapa.live.changes import NEW, Row
from hakapa.live.channels import Channel, Look, Seen
from hakapa.live.screens import Picture

PHONES = Seen("phone", "sv")
ITEMS = st.integers(1, 5)
PROCESSES = st.integers(0, 1)


class Page:
    """What a page has made of its messages, as its script does."""

    def __init__(self):
        self.told, self.fragments, self.items = NEW, {}, {}
        self.channel = self.listener = None

    def read(self):
        text = self.listener.message()
        if not text:
            return
        data = json.loads(text.decode().split("\ndata: ", 1)[1])
        if data.get("whole"):
            self.items = {}
        self.told = data["to"]
        self.fragments |= data["fragments"]
        for key, item in data["items"].items():
            self.items.pop(int(key), None)
            if item is not None:
                self.items[int(key)] = item


class Room(RuleBasedStateMachine):
    """Changes, cuts and returns; a process draws when it gets round to it."""

    pages = Bundle("pages")

    def __init__(self):
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.rows, self.items, self.votes, self.everyone = [], {}, 0, []
        self.channels = self.loop.run_until_complete(self.open_both())

    async def open_both(self):
        return [Channel("lab:7", self.look), Channel("lab:7", self.look)]

    async def look(self, _name, after, seen):
        picture = Picture({"votes": str(self.votes)}, {k: dict(v) for k, v in self.items.items()})
        return Look([row for row in self.rows if row.number > after], dict.fromkeys(seen, picture))

    def announce(self, kind, item):
        self.rows.append(Row(len(self.rows) + 1, kind, item))

    @rule(item=ITEMS, text=st.integers(0, 99))
    def write(self, item, text):
        self.items[item] = {"text": text}
        self.announce("note", item)

    @rule(item=ITEMS)
    def hide(self, item):
        self.items.pop(item, None)
        self.announce("note", item)

    @rule(text=st.integers(0, 99))
    def step(self, text):
        """Change everything at once."""
        self.items = {item: {"text": text} for item in list(self.items)[1:]}
        self.announce("step", None)

    @rule()
    def join(self):
        self.announce("join", None)

    @rule()
    def vote(self):
        self.votes += 1

    @rule(process=PROCESSES, is_fast=st.booleans())
    def draw(self, process, is_fast):
        """Draw in one process; who is slow reads later, and may miss drawings."""
        self.channels[process].stir()
        self.loop.run_until_complete(self.settle())
        for page in self.everyone if is_fast else ():
            self.read(page)

    async def settle(self):
        while any(channel._stirred.is_set() for channel in self.channels):  # noqa: ASYNC110
            await asyncio.sleep(0.0005)
        await asyncio.sleep(0)

    @rule(target=pages, process=PROCESSES)
    def open_page(self, process):
        page = Page()
        self.everyone.append(page)
        self.come(page, process)
        return page

    def read(self, page):
        if page.listener:
            page.read()

    @rule(page=pages)
    def cut(self, page):
        if page.listener:
            page.channel.leave(PHONES, page.listener)
            page.listener = None

    @rule(page=pages, process=PROCESSES, meanwhile=st.sampled_from(("note", "step", "")))
    def come_back(self, page, process, meanwhile):
        """Be away while something happens, or nothing, and come back to either process."""
        self.cut(page)
        if meanwhile == "note":
            self.write(1, 100)
        elif meanwhile == "step":
            self.step(200)
        self.come(page, process)

    def come(self, page, process):
        page.channel = self.channels[process]
        page.listener = page.channel.enter(PHONES, after=page.told)

    @invariant()
    def nobody_knows_more_than_there_is(self):
        assert all(page.told <= len(self.rows) for page in self.everyone)

    def teardown(self):
        for process in (0, 1):
            self.draw(process, is_fast=True)
        for page in self.everyone:
            if page.listener:
                assert page.items == self.items
                assert page.fragments == {"votes": str(self.votes)}
                assert page.told == len(self.rows)
        for channel in self.channels:
            channel.stop()
        self.loop.run_until_complete(asyncio.sleep(0))
        self.loop.close()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(channels, "AT_MOST_EVERY", -1e9)


TestRoom = Room.TestCase
TestRoom.settings = settings(max_examples=300, stateful_step_count=30, deadline=None)
TestRoom.pytestmark = [pytest.mark.usefixtures("_at_once")]
