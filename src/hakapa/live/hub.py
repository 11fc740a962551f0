"""Who follows what in this process, and how the word of a change reaches them.

Every process that has followers listens to PostgreSQL on a connection of its own; so a change
made in any process reaches the screens of all.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import uniform
from typing import TypeVar

import psycopg
from django.db import connections

from hakapa.live import screens
from hakapa.live.changes import Row
from hakapa.live.channels import Channel, Listener, Look, Seen
from hakapa.live.connecting import own_connection
from hakapa.live.models import Announcement
from hakapa.live.notify import TOPIC
from hakapa.live.tickets import Ticket

THREADS = 4  # each holds one of Django's connections while it draws
MOST_LISTENERS = 10_000
ASKED_AGAIN = 15.0  # seconds after which silence is looked into
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0

Found = TypeVar("Found")
logger = logging.getLogger(__name__)


class FullError(Exception):
    """So many follow in this process that no more are let in."""


class Hub:
    """The open channels of one process."""

    def __init__(self) -> None:
        self._channels: dict[str, Channel] = {}
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="live")
        self._listening: asyncio.Task[None] | None = None
        self.listeners = 0

    @contextmanager
    def followed(self, ticket: Ticket, *, after: int) -> Iterator[Listener]:
        """Let somebody follow until they leave.

        Raises:
            FullError: too many follow already.

        """
        if self.listeners >= MOST_LISTENERS:
            raise FullError
        if self._listening is None:
            self._listening = asyncio.create_task(self._listen())
        channel = self._channels.get(ticket.channel)
        if channel is None:
            channel = self._channels[ticket.channel] = Channel(ticket.channel, self._look)
        seen = Seen(ticket.audience, ticket.language)
        listener = channel.enter(seen, after=after)
        self.listeners += 1
        try:
            yield listener
        finally:
            self.listeners -= 1
            channel.leave(seen, listener)
            if not channel.is_followed:
                del self._channels[ticket.channel]
                channel.stop()

    async def may_follow(self, ticket: Ticket) -> bool:
        """Ask whether the one who holds the ticket has the right at this moment."""
        if not screens.is_guarded(ticket.audience):
            return True
        return await self._in_thread(
            lambda: screens.may_follow(ticket.audience, ticket.channel, ticket.user_id)
        )

    async def stop(self) -> None:
        """Listen and draw no more."""
        tasks = [channel.stop() for channel in self._channels.values()]
        if self._listening:
            self._listening.cancel()
            tasks.append(self._listening)
        await asyncio.gather(*tasks, return_exceptions=True)
        self._threads.shutdown()

    async def _listen(self) -> None:
        """Hear of changes for ever; after a broken connection, take it that all has changed."""
        pause = FIRST_PAUSE
        while True:
            try:
                async with await own_connection() as connection:
                    await connection.execute(f"LISTEN {TOPIC}")
                    pause = FIRST_PAUSE
                    self._stir_all()
                    while True:
                        async for notice in connection.notifies(timeout=ASKED_AGAIN):
                            self._stir(notice.payload)
                        async with asyncio.timeout(ASKED_AGAIN):
                            await connection.execute("SELECT 1")
            except (psycopg.Error, OSError) as error:
                logger.warning("lost the database's notices, trying again: %s", error)
            await asyncio.sleep(pause * uniform(0.5, 1))  # noqa: S311  (spreads, hides nothing)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _stir(self, name: str) -> None:
        if name in self._channels:
            self._channels[name].stir()

    def _stir_all(self) -> None:
        for channel in self._channels.values():
            channel.stir()

    async def _look(self, name: str, after: int, seen: Collection[Seen]) -> Look:
        return await self._in_thread(lambda: _look(name, after, seen))

    async def _in_thread(self, work: Callable[[], Found]) -> Found:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, _and_hand_back, work)


def _look(name: str, after: int, seen: Collection[Seen]) -> Look:
    """Read what was announced, and then draw: a picture holds at least what was announced."""
    rows = (
        Announcement.objects.filter(channel=name, number__gt=after)
        .order_by("number")
        .values_list("number", "kind", "item")
    )
    announced = [Row(*row) for row in rows]
    return Look(announced, {one: screens.picture(one.audience, name, one.language) for one in seen})


def _and_hand_back(work: Callable[[], Found]) -> Found:
    """Do what needs the database in a thread, and hand the thread's connection back."""
    try:
        return work()
    finally:
        connections.close_all()
