"""Joint funding beside pabutools: drawn elections of real size, and published ones if at hand.

`python -m bench.budgeting ours|pabutools CASE UTILITY COMPLETION` measures one run and prints it.
"""

import importlib
import json
import lzma
import sys
import time
from functools import partial
from pathlib import Path

from bench.elections import LIKE_A_COUNTRY, LIKE_WARSAW, city_election
from bench.measuring import Row, peak_mb, run, side_by_side

FOLDER = Path(__file__).parents[2] / "shared" / "algorithms" / "pabulib"
DRAWN = {"warsaw-like": LIKE_WARSAW, "country-like": LIKE_A_COUNTRY}
LODZ, WIELICZKA = "Poland_Lodz_2023", "Poland_Wieliczka_2023_Green_Budget"
CASES = (
    (WIELICZKA, "cost", "none"),
    (WIELICZKA, "cost", "add1-exhaustive"),
    (LODZ, "cost", "none"),
    (LODZ, "cost", "add1"),
    ("warsaw-like", "cost", "none"),
    ("warsaw-like", "cost", "add1"),
    ("warsaw-like", "cost", "add1-exhaustive"),
    ("country-like", "cost", "none"),
    ("country-like", "cost", "add1"),
)
PEER_KNOWS = {"none", "add1-exhaustive"}
PATIENCE = 120.0  # seconds that the peer gets when no other limit is asked for


def text_of(case: str) -> str:
    """Return an election as a file's text."""
    if case in DRAWN:
        return city_election(**DRAWN[case])
    return lzma.decompress((FOLDER / f"{case}.pb.xz").read_bytes()).decode("utf-8-sig")


def ours(text: str, utility: str, completion: str) -> Row:
    """Read, prepare and count: reading and preparing are also timed apart.

    Compiled code is loaded before the clock starts.
    """
    pabulib = importlib.import_module("hakapa.algorithms.budgeting.pabulib")
    result = importlib.import_module("hakapa.algorithms.budgeting.result")
    if completion.startswith("add1"):
        warm_up()
    start = time.perf_counter()
    election = pabulib.parse_pb(text)
    read, working = time.perf_counter(), time.process_time()
    done = result.fund(election, result.Terms(utility=utility, completion=completion, ties="name"))
    end, worked = time.perf_counter(), time.process_time()
    most = peak_mb()
    fresh = pabulib.parse_pb(text)
    again = time.perf_counter()
    result.support_of(fresh, utility)
    return {
        "seconds": end - read,
        "cpu": worked - working,
        "reading": read - start,
        "preparing": time.perf_counter() - again,
        "peak_mb": most,
        "raises": done.raises,
        "winners": sorted(done.winners),
    }


def warm_up() -> None:
    """Load the compiled loops by counting a village."""
    pabulib = importlib.import_module("hakapa.algorithms.budgeting.pabulib")
    swift = importlib.import_module("hakapa.algorithms.budgeting.swift")
    support_of = importlib.import_module("hakapa.algorithms.budgeting.support").support_of
    village = city_election(voters=60, projects=83, budget=60_000, longest=10)
    support = support_of(pabulib.parse_pb(village), "cost")
    swift.SwiftCount(support, support.endowment, range(83)).run()


def pabutools(text: str, utility: str, completion: str) -> Row:
    """Do the same with pabutools; grouping equal ballots belongs to its counting."""
    agreement = importlib.import_module("hakapa.algorithms.budgeting.tests.agreement")
    reader = importlib.import_module("pabutools.election.pabulib")
    start = time.perf_counter()
    parsed = reader.parse_pabulib_from_string(text)
    read, working = time.perf_counter(), time.process_time()
    winners = agreement.elected(*parsed, utility, completion)
    end, worked = time.perf_counter(), time.process_time()
    return {
        "seconds": end - read,
        "cpu": worked - working,
        "reading": read - start,
        "winners": sorted(winners),
    }


def rows(limit: float = PATIENCE) -> list[Row]:
    """Measure every case whose file is there; the peer only where it has the rule."""
    found = []
    for case, utility, completion in CASES:
        if case not in DRAWN and not (FOLDER / f"{case}.pb.xz").exists():
            continue
        words = [case, utility, completion]
        runs = {"ours": partial(run, "bench.budgeting", ["ours", *words], 600.0)}
        if completion in PEER_KNOWS:
            runs["peer"] = partial(run, "bench.budgeting", ["pabutools", *words], limit)
        found.append(_row(" ".join(words), side_by_side(runs)))
    return found


def _row(case: str, measured: dict[str, Row]) -> Row:
    mine, peer = measured["ours"], measured.get("peer", {})
    row: Row = {"part": "budgeting", "case": case, **{f"ours_{key}": mine[key] for key in mine}}
    row |= {f"peer_{key}": peer[key] for key in peer}
    if "seconds" in peer and "seconds" in mine:
        row["ratio"] = round(peer["seconds"] / mine["seconds"], 1)
        row["ratio_is_at_least"] = "failed" in peer
    if "winners" in peer:
        row["same_winners"] = peer["winners"] == mine.get("winners")
    return row


if __name__ == "__main__":
    who, chosen, *terms = sys.argv[1:]
    answer = {"ours": ours, "pabutools": pabutools}[who](text_of(chosen), *terms)
    print(json.dumps({"peak_mb": peak_mb()} | answer))  # noqa: T201
