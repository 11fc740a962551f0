"""How long the three first pages take with the demo world, and how many queries they ask.

Run it with `python -m bench.pages --json FILE`; it uses a database of its own. Times are those of
Django's own client in this process: the page is made, nothing is sent.
"""

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from hakapa.config import database

RUNS = 50
PAGES = {"start": "/", "challenge": "/utmaningar/1/", "promises": "/ataganden/"}


def measured() -> dict[str, Any]:
    """Return, for each page, the median and the longest time in ms and the number of queries."""
    import django  # noqa: PLC0415  (after the database is chosen)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("demo", verbosity=0, stdout=sys.stderr)
    client = Client()
    return {name: _measure(client, path) for name, path in PAGES.items()}


def _measure(client: Any, path: str) -> dict[str, float]:
    from django.db import connection  # noqa: PLC0415

    client.get(path)
    asked: list[str] = []

    def count(execute: Any, query: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        asked.append(query)
        return execute(query, params, many, context)

    with connection.execute_wrapper(count):
        client.get(path)
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        client.get(path)
        times.append(1000 * (time.perf_counter() - began))
    return {
        "median_ms": round(statistics.median(times), 1),
        "longest_ms": round(max(times), 1),
        "queries": len(asked),
    }


def main() -> None:
    """Write what was measured as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", required=True, help="where to write; - is standard output")
    options = parser.parse_args()
    with database.temporary() as address:
        os.environ["DATABASE_URL"] = address
        os.environ["DJANGO_SETTINGS_MODULE"] = "hakapa.config.settings"
        report = json.dumps(measured(), indent=2)
    if options.json == "-":
        sys.stdout.write(f"{report}\n")
    else:
        Path(options.json).write_text(f"{report}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
