"""Do the groups depend on who came first? The same votes, people in another order each time.

    python -m bench.row_order

For each conversation and mode: the mean and the least adjusted Rand index between the maps of
eight orders, and the numbers of groups they found.
"""

import argparse
from itertools import combinations
from pathlib import Path

import numpy as np

from hakapa.algorithms.opinion import Method, Votes, map_opinions, read_votes
from hakapa.algorithms.opinion.comparing import adjusted_rand
from hakapa.algorithms.opinion.method import Mode

EXPORTS = Path(__file__).resolve().parents[2] / "shared" / "algorithms" / "polis" / "openData"
NAMES = (
    "15-per-hour-seattle",
    "brexit-consensus",
    "canadian-electoral-reform",
    "vtaiwan.uberx",
    "american-assembly.bowling-green",
)
MODES: tuple[Mode, ...] = ("polis", "stable")
ORDERS = 8


def grouped(votes: Votes, order: list[int], mode: Mode) -> dict[int, int]:
    """Map votes whose people are numbered by another order; give each one's group."""
    new = dict(zip(votes.participants.tolist(), order, strict=True))
    old = {number: who for who, number in new.items()}
    rows = [(new[who], what, vote) for who, what, vote in votes.rows()]
    silent = votes.statements[votes.silent].tolist()
    again = Votes.from_rows(rows, known=votes.statements.tolist(), moderated=silent)
    shown = map_opinions(again, Method(mode=mode))
    return {old[who]: at for at in range(shown.k) for who in shown.members(at)}


def main() -> None:
    """Print a row for every conversation and mode."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    for name in (name for name in NAMES if (EXPORTS / name).is_dir()):
        folder, chance = EXPORTS / name, np.random.default_rng(4)
        votes = read_votes(
            folder / "participants-votes.csv.xz", comments=folder / "comments.csv.xz"
        )
        orders = [chance.permutation(votes.participants.size).tolist() for _ in range(ORDERS)]
        for mode in MODES:
            found = [grouped(votes, order, mode) for order in orders]
            same = [adjusted_rand(one, other) for one, other in combinations(found, 2)]
            counts = sorted({len(set(groups.values())) for groups in found})
            print(f"| {name} | {mode} | {np.mean(same):.2f} | {min(same):.2f} | {counts} |")  # noqa: T201  a table for people


if __name__ == "__main__":
    main()
