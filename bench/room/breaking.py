"""The evenings on which something breaks."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Protocol

from django.db import DatabaseError

from bench.room import phone, world
from bench.room.phone import Phone
from bench.room.running import Room, in_database
from bench.room.server import Server
from bench.room.wire import HOST, Asking, BrokenError, get

EVERY = 0.5  # seconds between a phone's answers: there must be some on their way when it breaks
DARK = 1.0  # how long what was killed stays away


class Killed(Protocol):
    """Something that is killed and comes back."""

    def kill(self) -> None: ...
    def again(self) -> None: ...


class Forgetful(Phone):
    """A phone whose network loses every third answer on its way back."""

    tries = 0

    async def _is_saved(self, request: bytes) -> bool:
        self.tries += 1
        if self.tries % 3:
            return await super()._is_saved(request)
        losing = asyncio.create_task(self._asking.ask(request))
        await asyncio.sleep(self._random.choice((0.0, 0.001, 0.005, 0.05)))
        self._asking.hang_up()
        with suppress(BrokenError):
            await losing
        self.log.refused("lost on its way back")
        return False


class Twice(Phone):
    """A phone that sends every answer to two web processes at once."""

    other: Asking

    async def _is_saved(self, request: bytes) -> bool:
        twin = asyncio.create_task(self.other.ask(request))
        is_saved = await super()._is_saved(request)
        with suppress(BrokenError):
            status, _ = await twin
            if status != phone.SAVED:
                self.log.refused(f"the other said {status}")
        return is_saved


class Evening(Room):
    """A room in which something breaks."""

    def __init__(self, lab: world.Lab, servers: list[Server], cluster: Killed) -> None:
        super().__init__(lab, servers[0].port)
        self.servers, self.cluster = servers, cluster

    async def vote_while(self, seconds: float, breaks: Callable[[], Awaitable[Any]]) -> Any:
        """Let the room vote, break something meanwhile, and compare when all is whole again."""
        await self.all_follow()
        helping = [asyncio.create_task(one.rejoin_whenever_dropped()) for one in self.phones]
        helping.append(asyncio.create_task(self._announce()))
        voting = [asyncio.create_task(self.vote(one, EVERY)) for one in self.phones]
        began = time.monotonic()
        await breaks()
        await asyncio.sleep(max(0.0, seconds - (time.monotonic() - began)))
        await self.end(voting, helping)
        found = await self.found(time.monotonic() - began)
        return {key: found[key] for key in KEPT} | {"tries": sum(map(len, self.log.sent.values()))}

    async def _announce(self) -> None:
        while not self.is_over:
            await asyncio.sleep(EVERY)
            with suppress(DatabaseError):  # it is away, and the leader tries again
                await in_database(world.give_a_second, self.lab)


KEPT = (
    "seconds", "acknowledged", "refusals", "lost", "double", "made_up", "rows", "behind",
    "stream_drops", "vote_ack_ms",
)  # fmt: skip


async def _killed(evening: Evening, seconds: float, what: Killed, times: int) -> dict[str, Any]:
    async def breaks() -> None:
        for _ in range(times):
            await asyncio.sleep(seconds / (times + 1))
            await asyncio.to_thread(what.kill)
            await asyncio.sleep(DARK)
            await asyncio.to_thread(what.again)

    found: dict[str, Any] = await evening.vote_while(seconds, breaks)
    return found | {"killed": times}


async def web(evening: Evening, seconds: float) -> dict[str, Any]:
    """Kill the web process in the middle of voting, again and again."""
    return await _killed(evening, seconds, evening.servers[0], 3)


async def database(evening: Evening, seconds: float) -> dict[str, Any]:
    """Kill PostgreSQL in the middle of voting."""
    found = await _killed(evening, seconds, evening.cluster, 2)
    asking = Asking(evening.port)
    page = f"GET / HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
    return found | {"start_page_afterwards": (await asking.ask(page))[0]}


async def answer(evening: Evening, seconds: float) -> dict[str, Any]:
    """Lose answers on their way back."""
    evening.become(Forgetful)
    return await evening.vote_while(seconds, _nothing)


async def two(evening: Evening, seconds: float) -> dict[str, Any]:
    """Send everything to two web processes, and follow half the room in each."""
    evening.become(Twice)
    for number, one in enumerate(evening.phones):
        one.other = Asking(evening.servers[1].port)
        if number % 2:
            one.follow_at(evening.servers[1].port)
    return await evening.vote_while(seconds, _nothing)


async def slow(evening: Evening, seconds: float) -> dict[str, Any]:
    """Let five times as many read nothing, or send half a request, while the room votes."""
    before = evening.servers[0].memory_mb()["now"]
    half = b"POST /live/rost HTTP/1.1\r\nHost: h\r\nX-Seat: a\r\nContent-Length: 500\r\n\r\n{"
    silent = get(evening.lab.stream, -1)
    writers = []
    for number in range(5 * len(evening.phones)):
        reader, writer = await asyncio.open_connection(HOST, evening.port, limit=1)
        writer.transport.pause_reading()
        writer.write(half if number % 2 else silent)
        writers.append((reader, writer))
    found: dict[str, Any] = await evening.vote_while(seconds, _nothing)
    for _, writer in writers:
        writer.transport.abort()
    after = evening.servers[0].memory_mb()["now"]
    return found | {"slow": len(writers), "more_memory_mb": round(after - before, 1)}


async def _nothing() -> None:
    """Break nothing."""


SCENES = {"web": web, "database": database, "answer": answer, "two": two, "slow": slow}
