"""How the room is driven in each way that is measured."""

import asyncio
import time
from collections.abc import Callable
from random import Random
from typing import Any, TypeVar

from asgiref.sync import sync_to_async
from django.db import connections

from bench.room import checking, phone, world
from bench.room.pages import Browser
from bench.room.phone import Log, Phone

EVERY = 3.0  # seconds between a phone's answers
LEADER_EVERY = 5.0
WRITES_EVERY = 20.0  # seconds between the contributions of one who writes
BY_THE_PAGES = 10
CUT_EVERY, ONE_IN = 60.0, 20
STORM = 10.0
AT_ONCE = 100  # streams that are opened at the same time

Found = TypeVar("Found")


async def in_database(work: Callable[..., Found], *words: Any) -> Found:
    """Do with Django, in a thread, and on a connection that is whole."""

    def act() -> Found:
        try:
            return work(*words)
        finally:
            connections.close_all()

    return await sync_to_async(act)()


async def _until(is_so: Callable[[], bool], *, within: float) -> None:
    """Wait until it is so, and no longer than that."""
    deadline = time.monotonic() + within
    while not is_so() and time.monotonic() < deadline:  # noqa: ASYNC110  (nobody tells)
        await asyncio.sleep(0.02)


class Room:
    """The phones of a lab, and its leader."""

    def __init__(self, lab: world.Lab, port: int) -> None:
        self.lab, self.port, self.log = lab, port, Log()
        self._random = Random(1)  # noqa: S311  (a bench; the same every time)
        self.phones: list[Any] = []
        self.become(Phone)
        self.announced: dict[int, float] = {}
        self.written: list[str] = []
        self.is_over = False

    def become(self, kind: type[Phone]) -> None:
        """Give everybody a phone of this kind."""
        self.phones = [
            kind(self.port, self.lab.stream, seat, self.log, Random(n))  # noqa: S311
            for n, seat in enumerate(self.lab.seats)
        ]

    async def an_evening(self, seconds: float) -> dict[str, Any]:
        """Let the room vote at its pace while the leader leads."""
        browsers = [Browser(self.port) for _ in range(min(BY_THE_PAGES, len(self.phones)))]
        for browser in browsers:
            await browser.join(self.lab.code)
        await self.all_follow()
        tasks = [asyncio.create_task(one.rejoin_whenever_dropped()) for one in self.phones]
        tasks += [asyncio.create_task(self._lead()), asyncio.create_task(self._cut_some(seconds))]
        writing = [asyncio.create_task(self._write(browser)) for browser in browsers]
        voting = [asyncio.create_task(self.vote(one, EVERY)) for one in self.phones]
        await asyncio.sleep(seconds)
        await self.end(voting, [*tasks, *writing])
        return await self.found(seconds) | {"joined_by_page": len(browsers)}

    async def flat_out(self, seconds: float) -> dict[str, Any]:
        """Let every phone answer as fast as it is answered."""
        voting = [asyncio.create_task(self.vote(one, 0.0)) for one in self.phones]
        await asyncio.sleep(seconds)
        await self.end(voting, [])
        return await self.found(seconds)

    async def storm(self) -> dict[str, Any]:
        """Cut every stream, change things meanwhile, and let all come back at once."""
        await self.all_follow()
        for one in self.phones:
            one.cut()
        changed = {str(item) for item in self.lab.statements[:5]}
        for item in self.lab.statements[:4]:
            await in_database(world.reword, self.lab, item, f"Nya ord {item}")
        last = await in_database(world.hide, self.lab, self.lab.statements[4])
        began = time.monotonic()
        await asyncio.gather(*(self._come_back(one) for one in self.phones))
        await _until(lambda: all(one.told >= last for one in self.phones), within=60)
        back_s = time.monotonic() - began
        back = [one for one in self.phones if one.told == last]
        exact = sum(one.came == changed and not one.was_told_all for one in back)
        return await self.found(back_s) | {
            "back_s": round(back_s, 2),
            "back": len(back),
            "told_exactly_what_was_missed": exact,
        }

    async def _come_back(self, one: Phone) -> None:
        await asyncio.sleep(self._random.uniform(0, STORM - 1))
        await one.keep_following()

    async def all_follow(self) -> None:
        """Open every phone's stream, and wait until each has been told what there is."""
        for start in range(0, len(self.phones), AT_ONCE):
            await asyncio.gather(*(one.follow() for one in self.phones[start : start + AT_ONCE]))
        await _until(lambda: all(one.items for one in self.phones), within=60)

    async def vote(self, one: Phone, every: float) -> None:
        """Let a phone answer at its pace until the evening is over."""
        await phone.votes(one, self.lab.statements, every, lambda: self.is_over)

    async def _lead(self) -> None:
        while not self.is_over:
            # Not at an even pace: it must not keep time with the drawings.
            await asyncio.sleep(self._random.uniform(0.7, 1.3) * LEADER_EVERY)
            began = time.monotonic()
            self.announced[await in_database(world.give_a_second, self.lab)] = began

    async def _write(self, browser: Browser) -> None:
        while not self.is_over:
            await asyncio.sleep(self._random.uniform(0, 2 * WRITES_EVERY))
            if key := await browser.write(self.lab.code, "Något som är värt att pröva"):
                self.written.append(key)

    async def _cut_some(self, seconds: float) -> None:
        pause = min(CUT_EVERY, seconds / 3)
        while not self.is_over:
            await asyncio.sleep(pause)
            some = self._random.sample(self.phones, max(1, len(self.phones) // ONE_IN))
            for one in some:
                one.cut()

    async def end(self, finishing: list[Any], stopping: list[Any]) -> None:
        """Let what has been sent be acknowledged, and the last news arrive."""
        self.is_over = True
        await asyncio.wait(finishing, timeout=30)
        last = await in_database(world.last_number, self.lab)
        await _until(
            lambda: all(one.told >= last for one in self.phones if one.told >= 0), within=10
        )
        for task in stopping:
            task.cancel()

    async def found(self, seconds: float) -> dict[str, Any]:
        """Compare the phones' log with the database."""
        people = await in_database(world.people, self.lab)
        rows = await in_database(world.votes, self.lab)
        last = await in_database(world.last_number, self.lab)
        texts = await in_database(world.texts, self.lab)
        kept = await in_database(world.keys, self.lab)
        following = [one for one in self.phones if one.told >= 0]
        return {
            "seconds": round(seconds, 1),
            **checking.report(self.log, self.announced, seconds),
            **checking.against(self.log, people, rows),
            "contributions": len(self.written),
            "contributions_lost": sum(kept[key] == 0 for key in self.written),
            "contributions_double": sum(kept[key] > 1 for key in self.written),
            "behind": sum(one.told < last or one.items != texts for one in following),
        }
