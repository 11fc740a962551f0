"""Who is let in to the event stream, and who is not, or no longer."""

import asyncio

import pytest
from django.db import DatabaseError

from hakapa.live import app, hub, streaming, tickets
from hakapa.live.tests.lines import Line, an_audience, opened

pytestmark = pytest.mark.django_db(transaction=True)
GOOD = tickets.stream("lab:7", "hall", "sv", 5).split("?")[1]


@pytest.fixture
def hall(monkeypatch):
    an_audience(monkeypatch)


def follow(room, method="GET", query=GOOD, headers=None):
    return Line(room, method, tickets.ADDRESS, query, headers)


def play(scene):
    async def whole():
        async with opened(app.application(None, {})) as room:
            await scene(room)

    asyncio.run(whole())


def test_no_more_than_so_many_are_let_in(hall, monkeypatch):
    async def scene(room):
        line = follow(room)
        await line.start()
        answer = await follow(room).answer()
        assert (answer.status, answer.headers["retry-after"]) == (503, "2")
        await line.cut()
        again = follow(room)
        assert await again.start() == 200
        await again.cut()

    monkeypatch.setattr(hub, "MOST_LISTENERS", 1)
    play(scene)


@pytest.mark.parametrize(
    ("method", "query", "headers", "status"),
    [
        ("GET", "", {}, 403),
        ("GET", "biljett=fel", {}, 403),
        ("GET", GOOD, {"sec-fetch-site": "cross-site"}, 403),
        ("GET", GOOD, {"origin": "https://annan.example.se"}, 403),
        ("POST", GOOD, {}, 405),
        ("HEAD", GOOD, {}, 405),
    ],
    ids=["no ticket", "no real ticket", "another site", "another origin", "POST", "HEAD"],
)
def test_strangers_are_refused(hall, method, query, headers, status):
    async def scene(room):
        answer = await follow(room, method, query, headers).answer()
        assert answer.status == status
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in answer.headers

    play(scene)


def test_a_right_is_asked_at_the_door_and_again(monkeypatch):
    asked = []

    def may_follow(channel, user_id):
        asked.append((channel, user_id))
        return len(asked) < 3

    async def scene(room):
        line = follow(room)
        await line.start()
        await asyncio.wait_for(line.task, 5)
        assert (await follow(room).answer()).status == 403

    an_audience(monkeypatch, may_follow=may_follow)
    monkeypatch.setattr(streaming, "PULSE_EVERY", 0.02)
    monkeypatch.setattr(streaming, "ASKED_EVERY", 0.05)
    play(scene)
    assert asked == [("lab:7", 5)] * 4


@pytest.mark.parametrize("good", [0, 1])
def test_a_right_that_cannot_be_asked_is_not_given(monkeypatch, good):
    left = [True] * good

    def may_follow(_channel, _user_id):
        if not left:
            raise DatabaseError
        return left.pop()

    async def scene(room):
        line = follow(room)
        if good:
            await line.start()
            await asyncio.wait_for(line.task, 5)
        else:
            assert (await line.answer()).status == 503

    an_audience(monkeypatch, may_follow=may_follow)
    monkeypatch.setattr(streaming, "PULSE_EVERY", 0.02)
    monkeypatch.setattr(streaming, "ASKED_EVERY", 0.05)
    play(scene)


def test_a_server_that_stops_ends_its_streams_in_good_order(hall):
    async def scene(room):
        line = follow(room)
        await line.start()
        await line.event()
        line.task.cancel()
        assert await line.event() == "end"
        assert await line.task is None

    play(scene)
