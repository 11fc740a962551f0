"""Ours and every installed peer, side by side: `python -m bench.algorithms --json FILE`."""

import argparse
import importlib
import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

PARTS = ("opinion", "budgeting", "sharing")


def main(argv: list[str] | None = None) -> int:
    """Measure the parts that are asked for, print a table, write all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", help="write the figures to this file, - for standard output")
    parser.add_argument("--only", choices=PARTS, action="append", help="only this part")
    parser.add_argument("--limit", type=float, default=600.0, help="seconds a peer may take")
    words = parser.parse_args(argv)
    found: list[dict[str, Any]] = []
    for part in words.only or PARTS:
        if importlib.util.find_spec(f"bench.{part}") is not None:
            print(f"measuring {part} ...", file=sys.stderr)  # noqa: T201
            found += importlib.import_module(f"bench.{part}").rows(limit=words.limit)
    for row in found:
        print(told(row), file=sys.stderr)  # noqa: T201
    if words.json is not None:
        text = json.dumps(found, indent=1) + "\n"
        if words.json == "-":
            sys.stdout.write(text)
        else:
            Path(words.json).write_text(text, encoding="utf-8")
    return 0


def told(row: dict[str, Any]) -> str:
    """Say one row on one line."""
    parts = [f"{row['part']:<10} {row['case']:<34}"]
    for who in ("ours", "peer"):
        if f"{who}_failed" in row:
            parts.append(f"{who} {row[f'{who}_failed']}")
        elif f"{who}_seconds" in row:
            memory = row.get(f"{who}_peak_mb", "?")
            parts.append(f"{who} {row[f'{who}_seconds']:.4f} s {memory} MB")
    if "ratio" in row:
        parts.append(f"{'at least ' if row.get('ratio_is_at_least') else ''}{row['ratio']} times")
    return "  ".join(parts)


if __name__ == "__main__":
    sys.exit(main())
