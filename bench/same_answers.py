"""Our answers beside those of a running Polis and of red-dwarf, conversation by conversation.

    python -m bench.same_answers [--json FILE]

Given Polis' own groups, everything must be equal. Found groups are compared by the adjusted Rand
index, since Polis' own groups change with the order of rows and its history.
"""

import argparse
import json
import lzma
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import spearmanr

from hakapa.algorithms.opinion import (
    Method,
    OpinionMap,
    Votes,
    map_given,
    map_opinions,
    read_conversation,
)
from hakapa.algorithms.opinion.comparing import adjusted_rand

POLIS = Path(__file__).resolve().parents[2] / "shared" / "algorithms" / "polis"
ANSWERED = ("clojure_blobs_exact", "clojure_blobs_partial", "reddwarf_fixtures")
Row = dict[str, Any]


def answer(folder: Path, name: str) -> Any:
    """Read one file of a conversation."""
    with lzma.open(folder / f"{name}.json.xz") as stream:
        return json.load(stream)


def polis_groups(polis: Row) -> dict[int, int]:
    """Give the group of every participant Polis mapped."""
    base = dict(zip(polis["base-clusters"]["id"], polis["base-clusters"]["members"], strict=True))
    return {
        who: group["id"]
        for group in polis["group-clusters"]
        for one in group["members"]
        for who in base[one]
    }


def found_groups(shown: OpinionMap) -> dict[Any, int]:
    """Give the group of every participant we mapped."""
    return {who: at for at in range(shown.k) for who in shown.members(at)}


def answered(folder: Path) -> Row:
    """Compare one conversation whose answer by Polis we have."""
    polis = answer(folder, "math-pca2")
    cast = [
        {key: vote[name] for key, names in KEYS.items() for name in names if name in vote}
        for vote in answer(folder, "votes")
    ]
    silent = set(polis.get("mod-out") or []) | set(polis.get("meta-tids") or [])
    columns = [[vote[key] for vote in cast] for key in KEYS]
    votes = Votes.from_columns(*columns, known=polis["tids"], moderated=silent)
    groups = polis_groups(polis)
    row = _given(votes, groups, polis) | _found(votes, groups)
    free = map_opinions(votes)
    theirs = [polis["group-aware-consensus"][str(one)] for one in votes.statements.tolist()]
    row["rank_correlation"] = float(spearmanr(free.groups.agree_in_all, theirs).statistic)
    return (
        {"conversation": f"{folder.parent.name}/{folder.name}"} | row | _peer(cast, silent, groups)
    )


KEYS = {
    "participant_id": ("participant_id", "pid"),
    "statement_id": ("statement_id", "tid"),
    "vote": ("vote",),
}


def _given(votes: Votes, groups: dict[int, int], polis: Row) -> Row:
    """Compare what follows from Polis' own groups."""
    shown, ids = map_given(votes, groups), votes.statements.tolist()
    lists = [
        [(ids[one.statement], one.answer) for one in chosen]
        == [(one["tid"], one["repful-for"]) for one in polis["repness"][str(number)]]
        for number, chosen in zip(shown.letters, shown.groups.representative, strict=True)
    ]
    mine = [[ids[one.statement] for one in side] for side in (shown.agreed, shown.rejected)]
    wanted = [[one["tid"] for one in polis["consensus"][key]] for key in ("agree", "disagree")]
    theirs = [polis["group-aware-consensus"][str(one)] for one in ids]
    return {
        "groups": len(lists),
        "representative_equal": sum(lists),
        "consensus_equal": sum(a == b for a, b in zip(mine, wanted, strict=True)),
        "group_aware_difference": float(np.abs(shown.groups.agree_in_all - theirs).max()),
        "complete": votes.columns.size == sum(polis["user-vote-counts"].values()),
    }


def _found(votes: Votes, groups: dict[Any, int]) -> Row:
    """Compare the groups we find with Polis' groups."""
    k = len(set(groups.values()))
    row: Row = {"k_answered": k}
    for mode in ("stable", "polis"):
        shown = map_opinions(votes, Method(mode=mode))
        row |= {f"k_{mode}": shown.k, f"rand_{mode}": adjusted_rand(found_groups(shown), groups)}
    return row


def _peer(cast: list[Row], silent: set[int], groups: dict[Any, int]) -> Row:
    """Let red-dwarf find groups in the same votes, where it is installed."""
    try:
        from reddwarf.implementations.polis import run_pipeline  # noqa: PLC0415
    except ModuleNotFoundError:
        return {}
    try:
        shown = run_pipeline(votes=cast, mod_out_statement_ids=sorted(silent), random_state=1)
    except ValueError as error:
        return {"red_dwarf_failed": " ".join(str(error).split())[:200]}
    named = shown.participants_df["cluster_id"].dropna().astype(int)
    found = {who: int(group) for who, group in named.items() if group >= 0}
    return {"k_red_dwarf": len(set(found.values())), "rand_red_dwarf": adjusted_rand(found, groups)}


def exported(folder: Path) -> Row:
    """Compare one exported conversation, whose table of participants holds Polis' groups."""
    read = read_conversation(
        folder / "participants-votes.csv.xz", comments=folder / "comments.csv.xz"
    )
    cast = [
        {"participant_id": who, "statement_id": what, "vote": vote}
        for who, what, vote in read.votes.rows()
    ]
    silent = set(read.votes.statements[read.votes.silent].tolist())
    row = _found(read.votes, read.groups)
    return {"conversation": f"openData/{folder.name}"} | row | _peer(cast, silent, read.groups)


def main() -> None:
    """Compare all, print a table, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    words = parser.parse_args()
    warnings.simplefilter("ignore")
    found = [answered(one) for kind in ANSWERED for one in sorted((POLIS / kind).glob("*"))]
    found += [exported(one) for one in sorted((POLIS / "openData").glob("*"))]
    for row in found:
        print(_line(row))  # noqa: T201  a table for people
    if words.json is not None:
        words.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _line(row: Row) -> str:
    """Write one conversation as a row of a table."""
    equal = f"{row['representative_equal']}/{row['groups']}" if "groups" in row else "-"
    same = f"{row['consensus_equal']}/2" if "groups" in row else "-"
    rank = f"{row['rank_correlation']:.2f}" if "rank_correlation" in row else "-"
    k = "/".join(str(row.get(f"k_{name}", "-")) for name in ("answered", "stable", "red_dwarf"))
    rands = " | ".join(
        f"{row[key]:.2f}" if key in row else "-"
        for key in ("rand_stable", "rand_polis", "rand_red_dwarf")
    )
    return f"| {row['conversation']} | {equal} | {same} | {rank} | {k} | {rands} |"


if __name__ == "__main__":
    main()
