"""The phones' own log against the database: nothing lost, nothing double, nothing made up."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from bench.room.phone import Log

Row = tuple[int, int, int, int]


def against(log: Log, people: dict[str, int], rows: Sequence[Row]) -> dict[str, int]:
    """Compare: each acknowledged answer must be there, or a newer one from the same phone.

    `lost` are acknowledged answers that are not; `double` are rows too many of one participant
    and statement; `made_up` are rows that no phone sent.
    """
    number = Counter((participant, statement) for participant, statement, _, _ in rows)
    kept = {(participant, statement): (value, seq) for participant, statement, value, seq in rows}
    lost = 0
    for (seat, statement), (value, sequence) in log.acknowledged.items():
        found = kept.get((people[seat], statement))
        newer = found is not None and found[1] > sequence
        lost += not (newer or found == (value, sequence))
    sent = {(people[seat], statement): given for (seat, statement), given in log.sent.items()}
    made_up = sum(found not in sent.get(key, []) for key, found in kept.items())
    double = sum(count - 1 for count in number.values())
    return {"lost": lost, "double": double, "made_up": made_up, "rows": len(rows)}


def percentiles(values: Sequence[float]) -> dict[str, float | None]:
    """Return how long it took for half, for 95 and for 99 of 100."""
    ordered = sorted(values)
    if not ordered:
        return {"p50": None, "p95": None, "p99": None}
    return {
        f"p{p}": round(ordered[min(len(ordered) - 1, len(ordered) * p // 100)], 1)
        for p in (50, 95, 99)
    }


def broadcasts(log: Log, announced: dict[int, float]) -> list[float]:
    """Return, in ms, from when a change began to be saved until each phone was told of it."""
    return [
        1000 * (when - announced[number])
        for since, to, when in log.arrivals
        for number in range(since + 1, to + 1)
        if number in announced
    ]


def report(log: Log, announced: dict[int, float], seconds: float) -> dict[str, Any]:
    """Sum up what the phones saw."""
    return {
        "acknowledged": log.answers,
        "stream_drops": log.drops,
        "vote_ack_ms": percentiles(log.took_ms),
        "broadcast_ms": percentiles(broadcasts(log, announced)),
        "votes_per_s": round(log.answers / seconds, 1),
        "refusals": log.refusals,
    }
