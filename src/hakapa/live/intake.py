"""Answers from phones: taken in together, and acknowledged when they are committed.

While one transaction commits, what arrives waits and goes together in the next; so the busier it
is, the less each answer costs.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from enum import Enum
from typing import Any, NamedTuple

import psycopg

from hakapa.live.connecting import own_connection

MOST_TOGETHER = 200
MOST_WAITING = 5_000
WITHIN = 12.0  # seconds, for the database to answer

logger = logging.getLogger(__name__)


class Answer(NamedTuple):
    """One answer to one statement; the phone counts its answers, so that the newest wins.

    Where an answer is of one phase alone, the phone says which; 0 is the one that goes on.
    """

    ballot: str
    statement: int
    value: int
    sequence: int
    phase: int = 0


class Sent(NamedTuple):
    """What one phone sent at once."""

    seat: str
    answers: tuple[Answer, ...]


class Standing(Enum):
    """How the one who sent stands in the room."""

    SEATED = "seated"
    UNKNOWN = "unknown"
    NOT_RUNNING = "not_running"


class Receipt(NamedTuple):
    """What became of what one phone sent: an answer that has no reason against it is saved."""

    standing: Standing
    reasons: tuple[str | None, ...] = ()


Connection = psycopg.AsyncConnection[Any]
Store = Callable[[Connection, Sequence[Sent]], Awaitable[list[Receipt]]]


class UnansweredError(Exception):
    """The database did not answer; whether anything was saved is not known. Sending again tells."""


class Intake:
    """Takes in what phones send, for one process."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: deque[tuple[Sent, asyncio.Future[Receipt]]] = deque()
        self._arrived = asyncio.Event()
        self._working: asyncio.Task[None] | None = None
        self._connection: Connection | None = None

    async def take(self, sent: Sent) -> Receipt:
        """Return what became of it, when that is committed.

        Raises:
            UnansweredError: the database does not answer, or too much is waiting.

        """
        if len(self._waiting) >= MOST_WAITING:
            raise UnansweredError
        if self._working is None:
            self._working = asyncio.create_task(self._work())
        receipt: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        self._waiting.append((sent, receipt))
        self._arrived.set()
        return await receipt

    async def stop(self) -> None:
        """Take in no more."""
        if self._working:
            self._working.cancel()
            await asyncio.wait([self._working])
        await self._hang_up()

    async def _work(self) -> None:
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            while self._waiting:
                number = min(len(self._waiting), MOST_TOGETHER)
                await self._save([self._waiting.popleft() for _ in range(number)])

    async def _save(self, group: Sequence[tuple[Sent, asyncio.Future[Receipt]]]) -> None:
        try:
            receipts = await self._stored([sent for sent, _ in group])
        except Exception as error:
            if not isinstance(error, psycopg.OperationalError | OSError):
                logger.exception("answers could not be saved")
            for _, future in group:
                if not future.done():
                    future.set_exception(UnansweredError())
            return
        for (_, future), receipt in zip(group, receipts, strict=True):
            if not future.done():  # whoever has gone away will ask again
                future.set_result(receipt)

    async def _stored(self, sent: Sequence[Sent]) -> list[Receipt]:
        """Save in one transaction; once more on a new connection when the old one had broken."""
        async with asyncio.timeout(WITHIN):
            try:
                return await self._in_one_transaction(sent)
            except psycopg.OperationalError:
                return await self._in_one_transaction(sent)

    async def _in_one_transaction(self, sent: Sequence[Sent]) -> list[Receipt]:
        try:
            if self._connection is None:
                self._connection = await own_connection()
            async with self._connection.transaction():
                return await self._store(self._connection, sent)
        except BaseException:
            await self._hang_up()
            raise

    async def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            with suppress(psycopg.Error, OSError):
                await connection.close()
