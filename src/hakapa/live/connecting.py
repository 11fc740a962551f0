"""The live room's own connections to the database, beside those of the pages."""

from typing import Any

import psycopg
from django.db import connection

IN_TIME = 5  # seconds to connect, and the longest wait for a lock


async def own_connection() -> psycopg.AsyncConnection[Any]:
    """Connect to the database that Django uses; commits by itself outside a transaction."""
    wanted = connection.get_connection_params()
    for djangos in ("cursor_factory", "context", "prepare_threshold"):
        wanted.pop(djangos, None)
    return await psycopg.AsyncConnection.connect(
        **{"connect_timeout": IN_TIME, **wanted},
        autocommit=True,
        options=f"-c lock_timeout={IN_TIME}s -c statement_timeout={2 * IN_TIME}s",
    )
