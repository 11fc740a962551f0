"""The site as ASGI applications: pages and the live room, side by side or each on its own.

Pages are ordinary WSGI in threads, which costs half the processor that async Django does.
"""

import os
from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application
from starlette.types import Receive, Scope, Send

from hakapa.config import database

database.ensure_running()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hakapa.config.settings")
_wsgi: Any = get_wsgi_application()

# Django is set up only now.
from hakapa.labs import ballots  # noqa: E402
from hakapa.live.app import application as live  # noqa: E402

pages = WSGIMiddleware(_wsgi, workers=16)
room = live(ballots.store, ballots.VALUES)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve both: the live room what lies under /live/, the pages everything else."""
    is_live = scope["type"] != "http" or scope["path"].startswith("/live/")
    app: Any = room if is_live else pages
    await app(scope, receive, send)
