"""What the live room answers in plain JSON, and the headers of everything it answers."""

from typing import Any

from django.conf import settings
from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
AGAIN = {"Retry-After": "2"}


def refusal(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """Say no, and why."""
    return JSONResponse({"detail": detail}, status, headers)


class SafeHeaders:
    """Gives every answer the headers that keep browsers careful."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = dict(_ALWAYS)
        if settings.SECURE_HSTS_SECONDS:
            self._headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


def saved_and_refused(rows: list[tuple[dict[str, Any], str | None]]) -> JSONResponse:
    """Say of each answer that it is saved, or why not."""
    saved = [row for row, reason in rows if reason is None]
    refused = [{**row, "why": reason} for row, reason in rows if reason is not None]
    return JSONResponse({"saved": saved, "refused": refused})
