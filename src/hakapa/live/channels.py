"""One channel in one process: who follows it here, and when its screens are drawn."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import NamedTuple

from hakapa.live.changes import Log, Row, Stage
from hakapa.live.screens import Picture

AT_MOST_EVERY = 0.5  # seconds between two drawings
RUNG_TOGETHER = 25  # listeners; votes that arrive meanwhile wait for no more messages than these
AFTER_TROUBLE = 1.0

logger = logging.getLogger(__name__)


class Seen(NamedTuple):
    """For whom a picture is drawn, and in which language."""

    audience: str
    language: str


class Look(NamedTuple):
    """What was announced after a number, and the pictures drawn after that was read."""

    rows: list[Row]
    pictures: Mapping[Seen, Picture]


Looking = Callable[[str, int, Collection[Seen]], Awaitable[Look]]


class Listener:
    """One open stream: what it has been told, and a bell that rings when there is more.

    It holds no queue. However slow, its next message is made from what is shown then.
    """

    def __init__(self, stage: Stage, log: Log, *, after: int) -> None:
        self._stage, self._log = stage, log
        self._version, self._number = 0, after
        self.bell = asyncio.Event()
        self.ring_if_behind()

    def ring_if_behind(self) -> None:
        """Ring when there is something that the listener has not been told."""
        if self._stage.version > self._version:
            self.bell.set()

    def message(self) -> bytes:
        """Return what the listener has not been told; empty when it knows everything."""
        self.bell.clear()
        stage = self._stage
        if stage.version == self._version:
            return b""
        if self._version == 0:
            text = stage.after(self._number, self._log)
        else:
            text = stage.since(self._version, self._number)
        self._version, self._number = stage.version, stage.number
        return text


class Channel:
    """Who follows a channel in this process, and the task that draws its screens."""

    def __init__(self, name: str, look: Looking) -> None:
        self.name = name
        self._look = look
        self._log = Log()
        self._stages: dict[Seen, tuple[Stage, set[Listener]]] = {}
        self._stirred = asyncio.Event()
        self._drawing = asyncio.create_task(self._draw())

    @property
    def is_followed(self) -> bool:
        return bool(self._stages)

    def enter(self, seen: Seen, *, after: int) -> Listener:
        """Let somebody follow."""
        if seen not in self._stages:
            self._stages[seen] = (Stage(), set())
            self.stir()
        stage, listeners = self._stages[seen]
        listener = Listener(stage, self._log, after=after)
        listeners.add(listener)
        return listener

    def leave(self, seen: Seen, listener: Listener) -> None:
        """Forget one who followed, and the screens that nobody follows any more."""
        listeners = self._stages[seen][1]
        listeners.discard(listener)
        if not listeners:
            del self._stages[seen]

    def stir(self) -> None:
        """Have the screens drawn anew: at once, or as soon as it is time again."""
        self._stirred.set()

    def stop(self) -> asyncio.Task[None]:
        """Draw no more; return the task that ends."""
        self._drawing.cancel()
        return self._drawing

    async def _draw(self) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            await self._stirred.wait()
            self._stirred.clear()
            began = clock()
            try:
                look = await self._look(self.name, self._log.last, list(self._stages))
            except Exception:
                logger.exception("could not draw the screens of %s", self.name)
                self.stir()
                await asyncio.sleep(AFTER_TROUBLE)
                continue
            for listeners in self._shown(look):
                await _ring(listeners)
            took = clock() - began
            # However heavy the screens are, half of the time is left for the votes.
            await asyncio.sleep(max(AT_MOST_EVERY - took, took))

    def _shown(self, look: Look) -> list[set[Listener]]:
        """Put the pictures up, and return who has something new to be told."""
        self._log.add(look.rows)
        told = []
        for seen, picture in look.pictures.items():
            if seen not in self._stages:
                continue  # the last one left while it was drawn
            stage, listeners = self._stages[seen]
            if stage.show(picture, self._log.last):
                told.append(listeners)
        return told


async def _ring(listeners: Collection[Listener]) -> None:
    """Ring for a few at a time, so that the votes between them need not wait for all."""
    for number, listener in enumerate(tuple(listeners), start=1):
        listener.ring_if_behind()
        if number % RUNG_TOGETHER == 0:
            await asyncio.sleep(0)
