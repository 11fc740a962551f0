"""The live room as an ASGI application: answers in, events out, and nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from hakapa.live import tickets
from hakapa.live.answering import Answering
from hakapa.live.hub import Hub
from hakapa.live.intake import Intake, Store
from hakapa.live.reading import Ballots
from hakapa.live.replies import SafeHeaders
from hakapa.live.streaming import Stream

ANSWERS = "/live/rost"


def application(store: Store, ballots: Ballots) -> Starlette:
    """Make the room; `store` saves answers, `ballots` says which values each ballot takes."""
    hub, intake = Hub(), Intake(store)

    @asynccontextmanager
    async def open_until_stopped(_app: Starlette) -> AsyncIterator[None]:
        yield
        await intake.stop()
        await hub.stop()

    return Starlette(
        routes=[
            Route(tickets.ADDRESS, Stream(hub)),
            Route(ANSWERS, Answering(intake, ballots)),
        ],
        middleware=[Middleware(SafeHeaders)],
        lifespan=open_until_stopped,
    )
