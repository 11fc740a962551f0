"""The opinion map beside red-dwarf: the same votes, in memory, to a complete map.

python -m bench.algorithms --only opinion --json FILE
"""

import argparse
import json
import os
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.measuring import Row, peak_mb, run, side_by_side

POLIS = Path(__file__).resolve().parents[2] / "shared" / "algorithms" / "polis" / "openData"
REAL = ("15-per-hour-seattle", "vtaiwan.uberx", "american-assembly.bowling-green")
DRAWN = {
    "10k x 200": (10_000, 200, 30),
    "10k x 1000": (10_000, 1_000, 30),
    "100k x 200": (100_000, 200, 30),
    "100k x 1000": (100_000, 1_000, 30),
    "1M x 200": (1_000_000, 200, 30),
    "1M x 1000": (1_000_000, 1_000, 30),
}
WITH_PEER = {*REAL, "10k x 200", "10k x 1000", "100k x 200"}
NOT_PASSING = 0.9
LIVE = "live lab 2000 x 300"
Columns = tuple[NDArray[Any], NDArray[Any], NDArray[np.int8]]


def rows(limit: float = 600.0) -> list[Row]:
    """Measure every case; a peer gets at most `limit` seconds."""
    found = []
    cases = [*(name for name in REAL if (POLIS / name).is_dir()), *DRAWN]
    for case in cases:
        run("bench.opinion", ["draw", case], 600)  # so that no measured process draws votes
        runs = {"ours": lambda case=case: run("bench.opinion", ["ours", case], 600)}
        if case in WITH_PEER:
            runs["peer"] = lambda case=case: run("bench.opinion", ["red-dwarf", case], limit)
        found.append(_row(case, side_by_side(runs)))
    live = side_by_side({"ours": lambda: run("bench.opinion", ["live", LIVE], 600)})
    return [*found, _row(LIVE, live)]


def _row(case: str, measured: dict[str, Row]) -> Row:
    """Put ours and the peer on one row."""
    ours, peer = measured["ours"], measured.get("peer")
    row = {"part": "opinion", "case": case, **{f"ours_{key}": ours[key] for key in ours}}
    if peer is None:
        return row
    row |= {"peer": "red-dwarf", **{f"peer_{key}": peer[key] for key in peer}}
    if "seconds" in peer and "seconds" in ours:
        row["ratio"] = round(peer["seconds"] / ours["seconds"], 1)
        row["ratio_is_at_least"] = "failed" in peer
    return row


def drawn(people: int, statements: int, mean: int, seed: int = 7) -> Columns:
    """Draw votes: three camps, an exponential number of votes each, in mixed order."""
    chance = np.random.default_rng(seed)
    each = np.clip(chance.exponential(mean, people).astype(np.int64), 1, statements)
    who = np.repeat(np.arange(people, dtype=np.int32), each)
    first = chance.integers(0, statements, people)
    within = np.arange(who.size) - np.repeat(np.cumsum(each) - each, each)
    what = ((first[who] + within) % statements).astype(np.int16)
    camp, liking = chance.integers(0, 3, people), chance.random((3, statements))
    luck = chance.random(who.size, dtype=np.float32)
    agree = luck < 0.85 * liking[camp[who], what]
    cast = np.where(agree, 1, np.where(luck < NOT_PASSING, -1, 0)).astype(np.int8)
    order = chance.permutation(who.size)
    return who[order], what[order], cast[order]


def columns(case: str) -> Columns:
    """Give the votes of a case, drawn or real. Drawn ones are kept between runs."""
    if case in DRAWN:
        kept = Path(os.environ.get("TMPDIR", "/tmp")) / f"votes-{case.replace(' ', '')}.npz"  # noqa: S108
        if not kept.exists():
            who, what, cast = drawn(*DRAWN[case])
            np.savez(kept, who=who, what=what, cast=cast)
        with np.load(kept) as held:
            return held["who"], held["what"], held["cast"]
    from hakapa.algorithms.opinion import read_votes  # noqa: PLC0415  the peer needs it not

    table = np.array(list(read_votes(POLIS / case / "participants-votes.csv.xz").rows()))
    return (
        table[:, 0].astype(np.int32), table[:, 1].astype(np.int16), table[:, 2].astype(np.int8)
    )  # fmt: skip


def ours(case: str) -> Row:
    """Map the votes with our library; compiled code is loaded before the clock starts."""
    from hakapa.algorithms.opinion import Votes, map_opinions  # noqa: PLC0415

    votes = columns(case)
    map_opinions(Votes.from_columns(*(column[:3000] for column in votes)))
    map_opinions(Votes.from_columns(*drawn(50, 120, 20)))
    started, working = time.perf_counter(), time.process_time()
    shown = map_opinions(Votes.from_columns(*votes))
    taken, worked = time.perf_counter() - started, time.process_time() - working
    return _told(taken, votes[0].size, shown.k) | {"cpu": worked}


def red_dwarf(case: str) -> Row:
    """Map the votes with red-dwarf; its list of votes is made before the clock starts."""
    from reddwarf.implementations.polis import run_pipeline  # noqa: PLC0415

    who, what, cast = columns(case)
    small = [
        {"participant_id": one % 40, "statement_id": one // 40, "vote": (one * 7) % 3 - 1}
        for one in range(800)
    ]
    run_pipeline(votes=small)
    votes = [
        {"participant_id": person, "statement_id": statement, "vote": vote}
        for person, statement, vote in zip(who.tolist(), what.tolist(), cast.tolist(), strict=True)
    ]
    started, working = time.perf_counter(), time.process_time()
    shown = run_pipeline(votes=votes, random_state=1)
    taken, worked = time.perf_counter() - started, time.process_time() - working
    groups = shown.participants_df["cluster_id"].dropna().nunique()
    return _told(taken, who.size, int(groups)) | {"cpu": worked}


def live(case: str) -> Row:
    """Add votes to a lab of 2,000 people and 300 statements, and map it again and again."""
    from hakapa.algorithms.opinion import RunningMap, Votes  # noqa: PLC0415

    who, what, cast = drawn(2_000, 300, 100)
    running = RunningMap(Votes.from_columns(who, what, cast, known=range(300)))
    for _ in range(2):
        running.map()
    votes, maps, work = [], [], []
    for one in range(200):
        started = time.perf_counter()
        running.add(int(who[one]), int(what[one + 1]), int(cast[one]))
        votes.append(time.perf_counter() - started)
        if one % 10 == 0:
            started, working = time.perf_counter(), time.process_time()
            shown = running.map()
            maps.append(time.perf_counter() - started)
            work.append(time.process_time() - working)
    told = _told(float(np.median(maps)), who.size, shown.k) | {"cpu": float(np.median(work))}
    return told | {"seconds_per_vote": float(np.median(votes)), "case": case}


def _told(taken: float, votes: int, k: int) -> Row:
    """Say what one run measured."""
    return {"seconds": taken, "peak_mb": peak_mb(), "votes": votes, "k": k}


def main() -> None:
    """Run one case in this process and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("who", choices=("draw", "ours", "red-dwarf", "live"))
    parser.add_argument("case")
    words = parser.parse_args()
    warnings.simplefilter("ignore")
    if words.who == "draw":
        print(json.dumps({"votes": int(columns(words.case)[0].size)}))  # noqa: T201
        return
    how = {"ours": ours, "red-dwarf": red_dwarf, "live": live}[words.who]
    print(json.dumps(how(words.case)))  # noqa: T201


if __name__ == "__main__":
    main()
