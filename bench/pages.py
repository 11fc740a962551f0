"""How long the three first pages take with the demo world, and how many queries they ask.

Run it with `python -m bench.pages --json FILE`; it uses a database of its own. Times are those of
Django's own client in this process: the page is made, nothing is sent.
"""

import argparse
import statistics
import sys
import time
from typing import Any

from bench import site

RUNS = 50
PAGES = {"start": "/", "challenge": "/utmaningar/1/", "promises": "/ataganden/"}


def measured(_: argparse.Namespace) -> dict[str, Any]:
    """Return, for each page, the median and the longest time in ms and the number of queries."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("demo", verbosity=0, stdout=sys.stderr)
    client = Client()
    return {name: _measure(client, path) for name, path in PAGES.items()}


def _measure(client: Any, path: str) -> dict[str, float]:
    client.get(path)
    with site.counted() as asked:
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
    site.write(measured, parser)


if __name__ == "__main__":
    main()
