"""What the tests of the live room share: a line to it, and the database from beside the loop."""

import asyncio
import json
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from django.db import connections
from starlette.applications import Starlette

from hakapa.live import app, screens
from hakapa.live.screens import Picture


class Answered(NamedTuple):
    status: int
    headers: dict[str, str]
    body: Any


class Line:
    """One request to the room, in the loop that the room runs in."""

    def __init__(self, room, method, path, query="", headers=None, parts=(b"",)):
        given = {"host": "hakapa.example.se", **(headers or {})}
        self._scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        }
        self._parts = list(parts)
        self._cut = asyncio.Event()
        self._heard: asyncio.Queue[Any] = asyncio.Queue()
        self.writing = asyncio.Event()
        self.writing.set()
        self._room = room
        self.task = asyncio.create_task(room(self._scope, self._receive, self._send))

    async def _receive(self):
        if self._parts:
            body = self._parts.pop(0)
            return {"type": "http.request", "body": body, "more_body": bool(self._parts)}
        await self._cut.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        await self.writing.wait()
        self._heard.put_nowait(message)

    async def answer(self) -> Answered:
        """Return the whole answer."""
        await self.task
        start, *bodies = [self._heard.get_nowait() for _ in range(self._heard.qsize())]
        headers = {name.decode(): value.decode() for name, value in start["headers"]}
        text = b"".join(body["body"] for body in bodies)
        body = json.loads(text) if headers["content-type"] == "application/json" else text.decode()
        return Answered(start["status"], headers, body)

    async def start(self) -> int:
        """Return the status of an answer that goes on."""
        start = await asyncio.wait_for(self._heard.get(), 10)
        assert (await self._heard.get())["body"].startswith(b"retry: ")
        return start["status"]

    async def event(self) -> dict[str, Any] | str:
        """Return the next event: a message's data, or what it is instead."""
        text = (await asyncio.wait_for(self._heard.get(), 10))["body"].decode()
        fields = dict(row.split(": ", 1) for row in text.strip().splitlines())
        if fields.get("event") != "room":
            return fields.get("event", "end")
        data = json.loads(fields["data"])
        assert data["to"] == int(fields["id"])
        return data

    async def cut(self):
        """Be gone, as a phone that loses the network."""
        self._cut.set()
        await asyncio.wait_for(self.task, 10)


def answering(room, body, seat="seat", **headers):
    """Send what a phone sends."""
    text = body if isinstance(body, bytes) else json.dumps({"answers": body}).encode()
    return Line(room, "POST", app.ANSWERS, headers={"x-seat": seat, **headers}, parts=[text])


@asynccontextmanager
async def opened(room: Starlette):
    """Keep the room open meanwhile, and close it as the server does."""
    async with room.router.lifespan_context(room):
        yield room


async def in_database(work, *words, **more):
    """Do something with Django beside the loop, as another process would."""

    def act():
        try:
            return work(*words, **more)
        finally:
            connections.close_all()

    return await asyncio.get_running_loop().run_in_executor(None, act)


def an_audience(monkeypatch, draw=None, may_follow=None, name="hall"):
    """Register an audience for the length of a test."""
    monkeypatch.setattr(screens, "_AUDIENCES", dict(screens._AUDIENCES))
    screens.audience(name, may_follow=may_follow)(draw or (lambda _channel, _language: Picture()))
