"""The event stream, in a loop of its own with the real database and its notices."""

import asyncio

import pytest

from hakapa.live import app, streaming, tickets
from hakapa.live.notify import announce, stir
from hakapa.live.screens import Picture
from hakapa.live.tests.lines import Line, an_audience, in_database, opened

pytestmark = pytest.mark.django_db(transaction=True)


class Hall:
    """What the screens of the hall show: changed by tests, drawn by the hub's threads."""

    def __init__(self):
        self.clock, self.items, self.languages = "1", {7: {"text": "sju"}}, []

    def draw(self, channel, language):
        self.languages.append(language)
        return Picture({"clock": f"{channel} {self.clock}"}, dict(self.items))


@pytest.fixture
def hall(monkeypatch):
    hall = Hall()
    an_audience(monkeypatch, hall.draw)
    return hall


async def nothing_to_store(_connection, sent):
    return [None for _ in sent]


def a_room():
    return app.application(nothing_to_store, {})


def follow(room, last=None, language="sv", **headers):
    query = tickets.stream("lab:7", "hall", language).split("?")[1]
    if last is not None:
        headers["last-event-id"] = str(last)
    return Line(room, "GET", tickets.ADDRESS, query, headers)


def play(scene):
    async def whole():
        async with opened(a_room()) as room:
            await scene(room)

    asyncio.run(whole())


def test_one_who_follows_is_told_everything_and_then_what_is_announced(hall):
    async def scene(room):
        line = follow(room)
        assert await line.start() == 200
        first = await line.event()
        assert first["fragments"] == {"clock": "lab:7 1"}
        assert first["items"] == {"7": {"text": "sju"}}

        hall.clock, hall.items = "2", {8: {"text": "åtta"}}
        number = await in_database(announce, "lab:7", "note", item=8)
        second = await line.event()
        assert (second["from"], second["to"]) == (first["to"], number)
        assert second["fragments"] == {"clock": "lab:7 2"}
        assert second["items"] == {"7": None, "8": {"text": "åtta"}}
        await line.cut()

    play(scene)


def test_an_answer_changes_the_screens_and_gets_no_number(hall):
    async def scene(room):
        line = follow(room)
        await line.start()
        first = await line.event()
        hall.clock = "2"
        await in_database(stir, "lab:7")
        second = await line.event()
        assert (second["to"], second["fragments"]) == (first["to"], {"clock": "lab:7 2"})
        await line.cut()

    play(scene)


@pytest.mark.parametrize("how", ["header", "query"])
def test_one_who_was_cut_is_told_exactly_what_was_missed(hall, how):
    async def scene(room):
        line = follow(room)
        await line.start()
        told = (await line.event())["to"]
        await line.cut()
        hall.items = {7: {"text": "sju"}, 9: {"text": "nio"}}
        await in_database(announce, "lab:7", "note", item=9)
        await in_database(announce, "lab:7", "note", item=5)
        again = follow(room, last=told) if how == "header" else since(room, told)
        await again.start()
        message = await again.event()
        assert message["from"] == told
        assert message["items"] == {"9": {"text": "nio"}, "5": None}
        assert message["fragments"] == {"clock": "lab:7 1"}
        await again.cut()

    def since(room, told):
        query = tickets.stream("lab:7", "hall", "sv").split("?")[1]
        return Line(room, "GET", tickets.ADDRESS, f"{query}&sedan={told}")

    play(scene)


@pytest.mark.parametrize("told", ["-1", "x", "１", "9" * 19, "12345", ""])
def test_one_who_says_nonsense_is_told_everything(hall, told):
    async def scene(room):
        line = follow(room, last=told)
        await line.start()
        assert (await line.event())["whole"]
        await line.cut()

    play(scene)


def test_the_screens_are_drawn_in_the_language_of_the_ticket(hall):
    async def scene(room):
        lines = [follow(room, language=language) for language in ("sv", "en", "en")]
        for line in lines:
            await line.start()
            await line.event()
        for line in lines:
            await line.cut()

    play(scene)
    assert sorted(hall.languages) == ["en", "sv"]


def test_two_processes_over_one_database_tell_the_same(hall):
    async def scene(room):
        async with opened(a_room()) as other:
            lines = [follow(room), follow(other)]
            for line in lines:
                await line.start()
                await line.event()
            hall.clock = "2"
            number = await in_database(announce, "lab:7", "step")
            messages = [await line.event() for line in lines]
            assert [message["to"] for message in messages] == [number, number]
            await lines[0].cut()
            moved = follow(other, last=number)
            await moved.start()
            assert (await moved.event())["items"] == {}
            await moved.cut()
            await lines[1].cut()

    play(scene)


def test_a_quiet_line_has_a_pulse(hall, monkeypatch):
    async def scene(room):
        line = follow(room)
        await line.start()
        await line.event()
        assert await line.event() == "pulse"
        assert await line.event() == "pulse"
        await line.cut()

    monkeypatch.setattr(streaming, "PULSE_EVERY", 0.05)
    play(scene)


def test_one_who_reads_too_slowly_is_left(hall, monkeypatch):
    async def scene(room):
        line = follow(room)
        await line.start()
        await line.event()
        line.writing.clear()
        await in_database(announce, "lab:7", "join")
        await asyncio.wait_for(line.task, 5)

    monkeypatch.setattr(streaming, "WRITTEN_WITHIN", 0.05)
    play(scene)
