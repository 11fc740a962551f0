"""One phone: it follows the room, answers, and keeps each answer until it is acknowledged."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bench.room.wire import HOST, Asking, BrokenError, Following, get, post

ANSWERS = "/live/rost"
AGAIN_AFTER = 0.5  # seconds
SAVED = 200

Given = tuple[int, int]  # a value, and the sequence it was sent with


@dataclass
class Log:
    """What the phones know: what they sent, what was acknowledged, how long things took."""

    sent: dict[tuple[str, int], list[Given]] = field(default_factory=dict)
    acknowledged: dict[tuple[str, int], Given] = field(default_factory=dict)
    answers: int = 0
    took_ms: list[float] = field(default_factory=list)
    refusals: dict[str, int] = field(default_factory=dict)
    arrivals: list[tuple[int, int, float]] = field(default_factory=list)  # from, to, when
    drops: int = 0
    read: dict[bytes, dict[str, Any]] = field(default_factory=dict)

    def refused(self, why: str) -> None:
        """Count an answer that was not saved yet, or at all."""
        self.refusals[why] = self.refusals.get(why, 0) + 1

    def message(self, text: bytes) -> dict[str, Any]:
        """Read a message, once for all the phones that got the same."""
        if text not in self.read:
            if len(self.read) > 500:  # noqa: PLR2004  (enough for those who lag)
                self.read.clear()
            data = text.split(b"\ndata: ", 1)[1]
            self.read[text] = json.loads(data)
        return self.read[text]


class Phone:
    """A participant's phone."""

    def __init__(self, port: int, stream: str, seat: str, log: Log, random: Random) -> None:
        self.seat, self.log = seat, log
        self._port, self._stream, self._random = port, stream, random
        self._asking = Asking(port)
        self._following: Following | None = None
        self._sequence = int(time.time() * 1000)
        self._wanted = False
        self._is_new = True
        self.told = -1
        self.items: dict[str, str] = {}
        self.came: set[str] = set()  # what was told since the stream was opened
        self.was_told_all = False

    def follow_at(self, port: int) -> None:
        """Follow another web process than the one that takes the answers."""
        self._port = port

    async def follow(self) -> None:
        """Open the stream, from where the phone was."""
        self._is_new = True
        self.came.clear()
        loop = asyncio.get_running_loop()
        request = get(self._stream, self.told)
        _, following = await loop.create_connection(
            lambda: Following(request, self._hear, self._dropped), HOST, self._port
        )
        self._following, self._wanted = following, True

    async def keep_following(self) -> None:
        """Open the stream again and again, as a browser does, until it is open."""
        while True:
            try:
                return await self.follow()
            except OSError:
                await asyncio.sleep(self._random.uniform(0.5, 1.5))

    def cut(self) -> None:
        """Lose the network."""
        self._wanted = False
        if self._following:
            self._following.transport.abort()
        self._asking.hang_up()

    async def rejoin_whenever_dropped(self) -> None:
        """Come back when the server has cut the stream."""
        while True:
            await asyncio.sleep(self._random.uniform(0.5, 1.5))
            if not self._wanted:
                await self.keep_following()

    def _dropped(self, following: Following) -> None:
        if self._wanted and following is self._following:
            self._wanted = False
            self.log.drops += 1

    def _hear(self, event: bytes) -> None:
        if not event.startswith(b"id: "):
            return  # a pulse
        message = self.log.message(event)
        if self._is_new:
            self._is_new = False
            self.was_told_all = message.get("whole", False)
            if self.was_told_all:
                self.items.clear()
        elif message["to"] > self.told:
            self.log.arrivals.append((self.told, message["to"], time.monotonic()))
        self.told = message["to"]
        self.came |= message["items"].keys()
        for key, item in message["items"].items():
            if item is None:
                self.items.pop(key, None)
            else:
                self.items[key] = item["text"]

    async def answer(self, statement: int) -> None:
        """Answer a statement, and send the same again until it is acknowledged."""
        self._sequence += 1
        value = self._random.choice((-1, 0, 1))
        key = (self.seat, statement)
        self.log.sent.setdefault(key, []).append((value, self._sequence))
        row = {"ballot": "stance", "statement": statement, "value": value}
        request = post(ANSWERS, self.seat, {"answers": [row | {"sequence": self._sequence}]})
        began = time.monotonic()
        while not await self._is_saved(request):  # noqa: ASYNC110  (it asks again)
            await asyncio.sleep(AGAIN_AFTER)
        self.log.took_ms.append(1000 * (time.monotonic() - began))
        self.log.answers += 1
        self.log.acknowledged[key] = (value, self._sequence)

    async def _is_saved(self, request: bytes) -> bool:
        try:
            status, body = await self._asking.ask(request)
        except BrokenError:
            self.log.refused("no answer")
            return False
        if status == SAVED and json.loads(body)["saved"]:
            return True
        self.log.refused(f"{status} {body[:80].decode()}")
        return False


async def votes(
    phone: Phone, statements: list[int], every: float, until: Callable[[], bool]
) -> None:
    """Answer again and again, at about the pace; those whose turn passed while waiting hurry."""
    random = Random(phone.seat)  # noqa: S311  (a bench)
    await asyncio.sleep(random.uniform(0, every))
    due = time.monotonic()
    while not until():
        await phone.answer(random.choice(statements))
        due += every
        await asyncio.sleep(max(0.0, due - time.monotonic()))
