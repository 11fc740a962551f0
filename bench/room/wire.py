"""HTTP as lean as it can be: the generator shares the processor with what it measures."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

HOST = "127.0.0.1"
ANSWERED_WITHIN = 20.0


class BrokenError(Exception):
    """The other end did not answer as HTTP does."""


class Asking(asyncio.Protocol):
    """One kept connection: asks, waits for the answer, asks again."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._transport: asyncio.Transport | None = None
        self._heard = b""
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Return the status and the body of the answer.

        Raises:
            BrokenError: the line was cut, or there was no answer in time.

        """
        try:
            if self._transport is None or self._transport.is_closing():
                loop = asyncio.get_running_loop()
                self._heard = b""
                await loop.create_connection(lambda: self, HOST, self._port)
            self._answer = asyncio.get_running_loop().create_future()
            self._transport.write(request)  # type: ignore[union-attr]
            async with asyncio.timeout(ANSWERED_WITHIN):
                return await self._answer
        except OSError as error:
            self.hang_up()
            raise BrokenError from error

    def hang_up(self) -> None:
        """Cut the line."""
        if self._transport:
            self._transport.abort()
        self._transport = None

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._heard += data
        head, found, body = self._heard.partition(b"\r\n\r\n")
        if not found:
            return
        lowered = head.lower()
        at = lowered.find(b"content-length: ")
        length = int(lowered[at + 16 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(body) >= length and self._answer and not self._answer.done():
            self._heard = b""
            self._answer.set_result((int(head[9:12]), body))

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  (asyncio's)
        self._transport = None
        if self._answer and not self._answer.done():
            self._answer.set_exception(ConnectionResetError())


class Following(asyncio.Protocol):
    """One event stream; hands on each event, and tells when the line is cut."""

    def __init__(
        self, request: bytes, tell: Callable[[bytes], None], cut: Callable[[], None]
    ) -> None:
        self._request, self._tell, self._cut = request, tell, cut
        self._heard = b""
        self._is_open = False
        self.transport: Any = None
        self.status = 0

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._heard = self._heard + data if self._heard else data
        if not self._is_open:
            head, found, rest = self._heard.partition(b"\r\n\r\n")
            if not found:
                return
            self.status, self._heard, self._is_open = int(head[9:12]), rest, True
        while True:  # each chunk of the answer is one event
            size, found, rest = self._heard.partition(b"\r\n")
            if not found or len(rest) < (length := int(size, 16)) + 2:
                return
            self._heard = rest[length + 2 :]
            self._tell(rest[:length])

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  (asyncio's)
        self._cut(self)


def post(path: str, seat: str, body: dict[str, Any]) -> bytes:
    """Write a request as a phone's script sends it."""
    text = json.dumps(body, separators=(",", ":"))
    return (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nX-Seat: {seat}\r\n"
        "Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(text)}\r\n\r\n{text}"
    ).encode()


def get(path: str, last: int) -> bytes:
    """Write a request for the stream, from where one was."""
    since = f"Last-Event-ID: {last}\r\n" if last >= 0 else ""
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n{since}\r\n".encode()
