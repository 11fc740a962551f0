"""Where phones send their answers."""

import asyncio
from collections.abc import Sequence

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from hakapa.live import reading
from hakapa.live.allowance import Allowance
from hakapa.live.intake import Answer, Intake, Sent, Standing, UnansweredError
from hakapa.live.origin import is_from_elsewhere
from hakapa.live.reading import Ballots, MalformedError
from hakapa.live.replies import AGAIN, refusal, saved_and_refused

READ_WITHIN = 10.0  # seconds
_KEPT = ("ballot", "statement", "sequence", "phase")  # what a phone knows its answer by


class Answering:
    """Takes answers from a seat, and says what became of each when it is committed."""

    def __init__(self, intake: Intake, ballots: Ballots) -> None:
        self._intake, self._ballots = intake, ballots
        self._allowance = Allowance()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._response(Request(scope, receive))
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        if request.method != "POST":
            return refusal(405, "only POST", {"Allow": "POST"})
        if is_from_elsewhere(request.headers):
            return refusal(403, "sent by another site")
        seat = reading.seat(request.headers.get("x-seat", ""))
        try:
            answers = reading.answers(await _body(request), self._ballots)
        except (TimeoutError, ClientDisconnect):
            return refusal(408, "too slow")
        except MalformedError as error:
            return refusal(error.status, str(error))
        if not self._allowance.allows(seat, len(answers)):
            return refusal(429, "wait a little; nothing is lost, send again", AGAIN)
        return await self._outcome(Sent(seat, answers))

    async def _outcome(self, sent: Sent) -> Response:
        try:
            standing, reasons = await self._intake.take(sent)
        except UnansweredError:
            return refusal(503, "not saved yet; nothing is lost, send again", AGAIN)
        if standing is Standing.UNKNOWN:
            return refusal(403, "no such seat")
        if standing is Standing.NOT_RUNNING:
            return refusal(409, "the lab is not going on")
        return saved_and_refused(list(zip(_named(sent.answers), reasons, strict=True)))


def _named(answers: Sequence[Answer]) -> list[dict[str, str | int]]:
    return [{name: getattr(answer, name) for name in _KEPT} for answer in answers]


async def _body(request: Request) -> bytes:
    """Return what was sent, and no more than may be."""
    body = b""
    async with asyncio.timeout(READ_WITHIN):
        async for part in request.stream():
            body += part
            if len(body) > reading.MOST_BYTES:
                raise MalformedError(f"at most {reading.MOST_BYTES} bytes", status=413)
    return body
