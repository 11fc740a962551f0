"""One run in a process of its own: how long, how much memory, and what came out."""

import json
import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable
from typing import Any

REPEATS = 5
LONG = 10.0  # seconds from which one run is enough

Row = dict[str, Any]


def run(module: str, words: list[str], limit: float) -> Row:
    """Run `python -m module words` and read the JSON it prints; {"failed": why} otherwise."""
    command = [sys.executable, "-W", "ignore", "-m", module, *words]
    try:
        done = subprocess.run(  # noqa: S603  our own modules
            command, capture_output=True, text=True, timeout=limit, env=os.environ, check=False
        )
    except subprocess.TimeoutExpired:
        return {"failed": f"over {limit:.0f} s", "seconds": limit}
    if done.returncode != 0:
        return {"failed": (done.stderr.strip().splitlines() or ["no answer"])[-1][:200]}
    answer: Row = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def side_by_side(runs: dict[str, Callable[[], Row]]) -> dict[str, Row]:
    """Run all in turn, again and again; give each one's median time and largest memory.

    One that fails, or takes more than LONG seconds, runs once.
    """
    found: dict[str, list[Row]] = {name: [] for name in runs}
    for _ in range(REPEATS):
        for name, one in runs.items():
            before = found[name]
            if before and ("failed" in before[0] or before[0]["seconds"] > LONG):
                continue
            before.append(one())
    return {name: _summed_up(rows) for name, rows in found.items()}


def _summed_up(rows: list[Row]) -> Row:
    """Give the median of some runs."""
    good = [row for row in rows if "failed" not in row]
    if not good:
        return rows[0]
    timed = [key for key in ("seconds", "cpu", "reading", "preparing") if key in good[0]]
    return good[0] | {
        **{key: statistics.median(row[key] for row in good) for key in timed},
        "peak_mb": max(row["peak_mb"] for row in good),
        "runs": len(good),
    }


def peak_mb() -> float:
    """Give the largest memory this process has held, in MiB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
