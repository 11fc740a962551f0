"""Cost sharing beside coopgame: the same drawn games, from a table in memory to the values.

python -m bench.algorithms --only sharing --json FILE
"""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.measuring import Row, peak_mb, run, side_by_side

PATIENCE = 60.0  # seconds a peer may take here
CASES = {
    "shapley": (15, 20, 22, 25),
    "exact": (15, 20, 24),
    "owen": (15, 20),
    "nucleolus": (8, 10, 12, 14),
    "airport": (10, 30, 100_000),
    "sampled": (290,),
    "sampled-dearest": (290,),
    "core": (20,),
    "readiness": (290,),
    "change": (290,),
}
PEERS = {"shapley", "exact", "owen", "nucleolus", "airport"}
MOST_FOR_PEER = 1_000
Floats = NDArray[np.float64]
Timed = tuple[float, Any]


def rows(limit: float = 600.0) -> list[Row]:
    """Measure every case; a peer gets at most a minute."""
    found = []
    for kind, sizes in CASES.items():
        for size in sizes:
            words = [kind, str(size)]
            runs: dict[str, Callable[[], Row]] = {}
            runs["ours"] = partial(run, "bench.sharing", ["ours", *words], 600)
            if kind in PEERS and size <= MOST_FOR_PEER:
                least = min(limit, PATIENCE)
                runs["peer"] = partial(run, "bench.sharing", ["coopgame", *words], least)
            found.append(_row(f"{kind} n={size}", side_by_side(runs)))
    return found


def _row(case: str, measured: dict[str, Row]) -> Row:
    """Put ours and the peer on one row; the peer's time is given without handing over the table."""
    ours, peer = measured["ours"], measured.get("peer")
    row = {"part": "sharing", "case": case, **{f"ours_{key}": ours[key] for key in ours}}
    if peer is None:
        return row
    row |= {"peer": "coopgame-py", **{f"peer_{key}": peer[key] for key in peer}}
    if "seconds" in peer and "seconds" in ours:
        row["ratio"] = round(peer["seconds"] / ours["seconds"], 1)
        row["ratio_is_at_least"] = "failed" in peer
    if "first" in peer and "first" in ours:
        row["apart"] = abs(peer["first"] - ours["first"])
    return row


def table(kind: str, count: int) -> NDArray[np.int64]:
    """Draw a game in which larger coalitions cost less per member (öre)."""
    draw = np.random.default_rng(count)
    if kind == "airport":
        return draw.integers(0, 10**10, count)
    sizes = np.bitwise_count(np.arange(1 << count))
    spread = draw.uniform(0.8, 1.0, 1 << count)
    costs = (spread * sizes**0.8 * 10**6).astype(np.int64)
    costs[0] = 0
    return costs


def groups(count: int) -> list[list[int]]:
    """Put parties three and three together."""
    return [list(range(i, min(i + 3, count))) for i in range(0, count, 3)]


def timed(work: Callable[[], Any]) -> Timed:
    """Do something and say how long it took."""
    started = time.perf_counter()
    answer = work()
    return time.perf_counter() - started, answer


def ours(kind: str, count: int) -> Row:
    """Solve a case with our library; imports and a small game come before the clock."""
    from hakapa.algorithms import sharing  # noqa: PLC0415  the peer needs it not
    from hakapa.algorithms.sharing.nucleolus import nucleolus_of  # noqa: PLC0415
    from hakapa.algorithms.sharing.owen import owen_exact  # noqa: PLC0415

    solvers: dict[str, Callable[[NDArray[np.int64]], Any]] = {
        "shapley": sharing.shapley_values,
        "exact": lambda costs: [float(value) for value in sharing.shapley_exact(costs)],
        "owen": lambda costs: [float(v) for v in owen_exact(costs, groups(players(costs)))],
        "nucleolus": lambda costs: nucleolus_of(costs).payments,
        "airport": lambda needs: sharing.airport_shares(needs)[0],
    }
    if kind in ("readiness", "change"):
        return _readiness(kind, count)
    if kind == "core":
        return _core(count)
    if kind.startswith("sampled"):
        return _sampled(kind, count)
    costs: Any = table(kind, count)
    if kind == "shapley":
        costs = costs.astype(np.float64)
    solvers[kind](table(kind, 4) if kind != "airport" else table(kind, 10))
    seconds, values = timed(lambda: solvers[kind](costs))
    return {"seconds": seconds, "peak_mb": peak_mb(), "first": float(values[0])}


def players(costs: NDArray[np.int64]) -> int:
    """Say how many parties a table is for."""
    return len(costs).bit_length() - 1


def _sampled(kind: str, count: int) -> Row:
    """Sample to half a per cent of the total: a cost by the root of inhabitants, or by the dearest.

    The second is an airport game, whose exact value tells how far off the sample really was.
    """
    from hakapa.algorithms.sharing import airport_values, sampled_shapley  # noqa: PLC0415

    sizes = np.sort(np.random.default_rng(count).lognormal(10, 1, count))
    from_dearest = sizes[::-1]

    def by_root(who: NDArray[np.bool_]) -> Floats:
        return np.asarray(np.sqrt(who @ sizes))

    def by_dearest(who: NDArray[np.bool_]) -> Floats:
        first = who[:, ::-1].argmax(axis=1)
        return np.where(who.any(axis=1), from_dearest[first], 0.0)

    cost = by_root if kind == "sampled" else by_dearest
    total = float(cost(np.ones((1, count), dtype=bool))[0])
    seconds, found = timed(lambda: sampled_shapley(count, cost, within=total / 200))
    row = {"seconds": seconds, "peak_mb": peak_mb(), "orders": found.orders}
    row["bound_percent"] = 100 * found.bound / total
    if kind != "sampled":
        row["error_percent"] = 100 * float(abs(found.values - airport_values(sizes)).max()) / total
    return row


def _core(count: int) -> Row:
    from hakapa.algorithms.sharing import CostGame, core_check  # noqa: PLC0415

    game = CostGame(tuple(f"p{i}" for i in range(count)), table("core", count))
    shares = dict.fromkeys(game.parties, game.total // count)
    seconds, found = timed(lambda: core_check(game, shares))
    return {"seconds": seconds, "peak_mb": peak_mb(), "objecting": found.objecting}


def _readiness(kind: str, count: int) -> Row:
    from hakapa.algorithms.matching import Requirement, changed, readiness_of  # noqa: PLC0415

    draw = np.random.default_rng(count)
    things, levels = [f"t{i}" for i in range(200)], ("must", "should", "could")
    holdings = {f"m{i}": set(draw.choice(things, 60, replace=False)) for i in range(count)}
    solutions = {
        f"s{i}": [Requirement(str(t), levels[j % 3]) for j, t in enumerate(draw.choice(things, 8))]
        for i in range(500)
    }
    seconds, made = timed(lambda: readiness_of(holdings, solutions))
    if kind == "change":
        seconds, made = timed(lambda: changed(made, "m7", "t5", has=True))
    return {"seconds": seconds, "peak_mb": peak_mb(), "first": float(made.score[0, 0])}


def coopgame(kind: str, count: int) -> Row:
    """Solve a case with coopgame; the time to hand over the table is told apart."""
    import coopgame as peer  # noqa: PLC0415  ours needs it not

    solvers: dict[str, Callable[[Any], Any]] = {
        "shapley": peer.shapley,
        "exact": peer.shapley,
        "owen": lambda game: peer.owen(game, groups(count)),
        "nucleolus": lambda game: [-x for x in peer.nucleolus(game)["allocation"]],
    }
    costs = table(kind, count).astype(np.float64)
    if kind == "airport":
        seconds, found = timed(lambda: peer.airport(costs.tolist()))
        return {
            "seconds": seconds,
            "peak_mb": peak_mb(),
            "first": found["shapley"][0],
            "version": version("coopgame-py"),
        }
    sign = -1.0 if kind == "nucleolus" else 1.0
    building, game = timed(lambda: peer.Game(sign * costs[1:]))
    seconds, values = timed(lambda: solvers[kind](game))
    return {
        "seconds": seconds,
        "building_seconds": building,
        "peak_mb": peak_mb(),
        "first": float(values[0]),
        "version": version("coopgame-py"),
    }


if __name__ == "__main__":
    who, what, how_many = sys.argv[1:]
    measured = (ours if who == "ours" else coopgame)(what, int(how_many))
    sys.stdout.write(json.dumps(measured) + "\n")
