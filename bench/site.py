"""What measures the site itself: a database of its own, and the queries that are asked."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hakapa.config import database


def write(
    measured: Callable[[argparse.Namespace], dict[str, Any]], parser: argparse.ArgumentParser
) -> None:
    """Measure with Django set up on an empty database, and write what was found as JSON."""
    parser.add_argument("--json", required=True, help="where to write; - is standard output")
    options = parser.parse_args()
    with database.temporary() as address:
        os.environ["DATABASE_URL"] = address
        os.environ["DJANGO_SETTINGS_MODULE"] = "hakapa.config.settings"
        import django  # noqa: PLC0415  (after the database is chosen)

        django.setup()
        report = json.dumps(measured(options), indent=2)
    if options.json == "-":
        sys.stdout.write(f"{report}\n")
    else:
        Path(options.json).write_text(f"{report}\n", encoding="utf-8")


@contextmanager
def counted() -> Iterator[list[str]]:
    """Give the queries that are asked meanwhile."""
    from django.db import connection  # noqa: PLC0415

    asked: list[str] = []

    def count(execute: Any, query: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        asked.append(query)
        return execute(query, params, many, context)

    with connection.execute_wrapper(count):
        yield asked
