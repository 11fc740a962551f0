"""The event stream: what is on the screens, and from then on what changes."""

import asyncio
import time
from contextlib import suppress
from random import randint

from django.db import DatabaseError
from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from hakapa.live import tickets
from hakapa.live.changes import NEW
from hakapa.live.channels import Listener
from hakapa.live.hub import FullError, Hub
from hakapa.live.origin import is_from_elsewhere
from hakapa.live.replies import AGAIN, refusal
from hakapa.live.tickets import Ticket

PULSE_EVERY = 15.0  # seconds; a page takes longer silence for a broken line
ASKED_EVERY = 60.0
WRITTEN_WITHIN = 20.0
_LONGEST_NUMBER = 18  # digits
_START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"x-accel-buffering", b"no"),  # to proxies: hand on at once
    ],
}
_END = {"type": "http.response.body", "body": b""}


class Stream:
    """Lets the holder of a ticket follow a channel."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, query = Headers(scope=scope), QueryParams(scope["query_string"])
        ticket = tickets.read(query.get("biljett", ""))
        refused = await self._refusal(scope["method"], headers, ticket)
        if refused or ticket is None:
            await (refused or refusal(403, "no valid ticket"))(scope, receive, send)
            return
        try:
            with self._hub.followed(ticket, after=_told_before(headers, query)) as listener:
                await self._tell(ticket, listener, receive, send)
        except FullError:
            await refusal(503, "the room is full; try again", AGAIN)(scope, receive, send)

    async def _refusal(
        self, method: str, headers: Headers, ticket: Ticket | None
    ) -> Response | None:
        if method != "GET":
            return refusal(405, "only GET", {"Allow": "GET"})
        if is_from_elsewhere(headers):
            return refusal(403, "asked by another site")
        try:
            if ticket is None or not await self._hub.may_follow(ticket):
                return refusal(403, "no valid ticket")
        except DatabaseError:
            return refusal(503, "the database does not answer; try again", AGAIN)
        return None

    async def _tell(self, ticket: Ticket, listener: Listener, receive: Receive, send: Send) -> None:
        """Write until the other end is gone, writes too slowly, or loses its right."""
        gone = asyncio.ensure_future(_gone(receive))
        gone.add_done_callback(lambda _: listener.bell.set())
        try:
            await send(_START)
            await _write(send, b"retry: %d\n\n" % randint(1000, 3000))  # noqa: S311  (spreads)
            asked = time.monotonic()
            while not gone.done():
                with suppress(TimeoutError):
                    async with asyncio.timeout(PULSE_EVERY):
                        await listener.bell.wait()
                await _write(send, listener.message() or _pulse())
                if time.monotonic() - asked >= ASKED_EVERY:
                    asked = time.monotonic()
                    if not await self._hub.may_follow(ticket):
                        break
            await send(_END)
        except asyncio.CancelledError:
            await send(_END)  # the server stops; the page comes back when it is there again
        except (TimeoutError, DatabaseError):
            return  # the server closes what is not finished
        finally:
            gone.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(send: Send, text: bytes) -> None:
    """Write, or give up on one who does not read."""
    async with asyncio.timeout(WRITTEN_WITHIN):
        await send({"type": "http.response.body", "body": text, "more_body": True})


def _pulse() -> bytes:
    """Say that the line is whole, and what time it is."""
    return f"event: pulse\ndata: {time.time():.3f}\n\n".encode()


def _told_before(headers: Headers, query: QueryParams) -> int:
    """Return the number that one who comes back was told last."""
    text = headers.get("last-event-id") or query.get("sedan", "")
    is_number = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER
    return int(text) if is_number else NEW
