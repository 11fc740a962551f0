"""How a process hears of changes, also when the database has been away."""

import asyncio

import psycopg
import pytest
from django.db import connection

from hakapa.live import hub
from hakapa.live.changes import NEW
from hakapa.live.hub import Hub
from hakapa.live.notify import announce
from hakapa.live.screens import Picture
from hakapa.live.tests.lines import an_audience, in_database
from hakapa.live.tickets import Ticket

pytestmark = pytest.mark.django_db(transaction=True)
TICKET = Ticket("lab:7", "hall", "sv")


def cut_those_who_listen():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND query ILIKE 'listen%%'"
        )


async def told(listener, number):
    """Wait until the listener is told of the number."""
    while True:
        await asyncio.wait_for(listener.bell.wait(), 10)
        if f"id: {number}\n" in listener.message().decode():
            return


def test_what_happens_while_the_line_is_cut_is_heard_when_it_is_whole_again(monkeypatch, caplog):
    async def scene():
        room = Hub()
        with room.followed(TICKET, after=NEW) as listener:
            await told(listener, 0)
            await asyncio.sleep(0.2)
            await in_database(cut_those_who_listen)
            await in_database(announce, "lab:7", "step")
            await told(listener, 1)
            await in_database(announce, "lab:7", "step")
            await told(listener, 2)
        await room.stop()

    an_audience(monkeypatch)
    asyncio.run(scene())
    assert "lost the database's notices" in caplog.text


def test_a_database_that_does_not_let_in_is_asked_again(monkeypatch, caplog):
    real, refused = hub.own_connection, [1, 2]

    async def at_last():
        if refused:
            raise psycopg.OperationalError(f"refused {refused.pop()}")
        return await real()

    async def scene():
        room = Hub()
        with room.followed(TICKET, after=NEW) as listener:
            await told(listener, 0)
            while refused:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            await asyncio.sleep(0.5)
            await in_database(announce, "lab:7", "step")
            await told(listener, 1)
        await room.stop()

    an_audience(monkeypatch)
    monkeypatch.setattr(hub, "own_connection", at_last)
    asyncio.run(scene())
    assert "refused 1" in caplog.text
    assert "refused 2" in caplog.text


def test_a_silent_line_is_asked_whether_it_is_whole(monkeypatch):
    async def scene():
        room = Hub()
        with room.followed(TICKET, after=NEW) as listener:
            await told(listener, 0)
            await asyncio.sleep(0.3)  # several times the length of a silence
            await in_database(announce, "lab:7", "step")
            await told(listener, 1)
        await room.stop()

    an_audience(monkeypatch)
    monkeypatch.setattr(hub, "ASKED_AGAIN", 0.05)
    asyncio.run(scene())


def test_changes_of_what_nobody_follows_here_are_let_pass(monkeypatch):
    drawn = []

    def draw(channel, _language):
        drawn.append(channel)
        return Picture()

    async def scene():
        room = Hub()
        with room.followed(TICKET, after=NEW) as listener:
            await told(listener, 0)
            await in_database(announce, "lab:8", "step")
            await in_database(announce, "lab:7", "step")
            await told(listener, 1)
        assert room.listeners == 0
        await room.stop()

    an_audience(monkeypatch, draw)
    asyncio.run(scene())
    assert set(drawn) == {"lab:7"}


def test_two_follow_one_channel_and_the_last_closes_it(monkeypatch):
    async def scene():
        room = Hub()
        with room.followed(TICKET, after=NEW) as first:
            with room.followed(TICKET, after=NEW) as second:
                await told(second, 0)
                assert room.listeners == 2
            await in_database(announce, "lab:7", "step")
            await told(first, 1)
        with room.followed(TICKET, after=NEW) as third:
            await told(third, 1)
        await room.stop()

    an_audience(monkeypatch)
    asyncio.run(scene())


def test_a_room_that_nobody_entered_closes():
    asyncio.run(Hub().stop())
