"""Writing conversations: as Polis exports and answers them, and as Metagov's draft asks.

The draft "Interoperable Deliberative Tools" (metagov/interop, specification.md, CC0) wants flat
files in CSV or JSON with a licence and a card that describes them; it fixes no columns.
"""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from hakapa.algorithms.opinion.opinion_map import OpinionMap, letter
from hakapa.algorithms.opinion.votes import Votes


def write_polis(
    votes: Votes, folder: Path, shown: OpinionMap | None = None, *, at: int = 0
) -> list[Path]:
    """Write votes.csv, comments.csv and participants-votes.csv as Polis exports them.

    Every row carries the one time `at` (milliseconds), for the order in which somebody answered
    could point at them; nor is it said who wrote what. With a map, participants carry their
    group's number.
    """
    return [
        _write(
            folder / "votes.csv",
            ("timestamp", "datetime", "comment-id", "voter-id", "vote"),
            ((at, "", what, who, cast) for who, what, cast in votes.rows()),
        ),
        _write(
            folder / "comments.csv",
            ("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees",
             "moderated", "comment-body"),
            ((at, "", key, "", agrees, disagrees, -1 if silent else 1, text)
             for key, text, silent, (disagrees, _, agrees) in _statements(votes)),
        ),
        _write(
            folder / "participants-votes.csv",
            ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree",
             *votes.statements.tolist()),
            _matrix(votes, shown),
        ),
    ]  # fmt: skip


def write_api(votes: Votes, folder: Path) -> list[Path]:
    """Write votes.json and comments.json as a Polis server answers: there, -1 is agreement."""
    cast = [{"pid": who, "tid": what, "vote": -vote} for who, what, vote in votes.rows()]
    comments = [
        {
            "tid": key,
            "txt": text,
            "mod": -1 if silent else 1,
            "agree_count": agrees,
            "disagree_count": disagrees,
            "pass_count": passed,
        }
        for key, text, silent, (disagrees, passed, agrees) in _statements(votes)
    ]
    paths = []
    for name, records in (("votes.json", cast), ("comments.json", comments)):
        paths.append(folder / name)
        lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
        paths[-1].write_text(f"[{lines}]\n", encoding="utf-8")
    return paths


def write_metagov(
    votes: Votes,
    folder: Path,
    *,
    title: str,
    licence: str,
    shown: OpinionMap | None = None,
) -> list[Path]:
    """Write statements.csv, participants.csv, votes.csv and datacard.json.

    `licence` is an SPDX name such as CC-BY-4.0: the files are to be reused, so it must be said.
    """
    files = [
        _write(
            folder / "statements.csv",
            ("statement", "text", "moderated", "agree", "pass", "disagree"),
            ((key, text, int(silent), agree, passed, disagree)
             for key, text, silent, (disagree, passed, agree) in _statements(votes)),
        ),
        _write(folder / "participants.csv", ("participant", "sector", "group"),
               _people(votes, shown)),
        _write(folder / "votes.csv", ("participant", "statement", "vote"), votes.rows()),
    ]  # fmt: skip
    card = folder / "datacard.json"
    told = _card(votes, files) | {"title": title, "licence": licence}
    card.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return [*files, card]


def _card(votes: Votes, files: list[Path]) -> dict[str, Any]:
    """Describe the files."""
    return {
        "generator": "Hakapå",
        "votes": {"1": "agree", "0": "pass", "-1": "disagree"},
        "counts": {
            "participants": int(votes.participants.size),
            "statements": int(votes.statements.size),
            "votes": int(votes.columns.size),
        },
        "files": [path.name for path in files],
    }


def _people(votes: Votes, shown: OpinionMap | None) -> Iterable[tuple[Any, str, str]]:
    """Give each participant's id, sector and group."""
    groups, names = _groups(shown), (*votes.sectors, "")
    of = votes.sector_of if votes.sector_of is not None else np.full(votes.participants.size, -1)
    for who, place in zip(votes.participants.tolist(), of.tolist(), strict=True):
        yield who, names[place], letter(groups[who]) if who in groups else ""


def _write(path: Path, names: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Path:
    """Write one table."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
    return path


def _statements(votes: Votes) -> Iterable[tuple[Any, str, bool, list[int]]]:
    """Give each statement's id, words, moderation and counts (disagree, pass, agree)."""
    size = votes.statements.size
    kinds = votes.columns.astype(np.int64) * 3 + votes.values + 1
    counts = np.bincount(kinds, minlength=3 * size).reshape(size, 3)
    texts = votes.texts or ("",) * size
    return zip(
        votes.statements.tolist(), texts, votes.silent.tolist(), counts.tolist(), strict=True
    )


def _matrix(votes: Votes, shown: OpinionMap | None) -> Iterable[list[Any]]:
    """Give one row per participant: group, counts, a cell per statement."""
    groups = _groups(shown)
    for at, who in enumerate(votes.participants.tolist()):
        span = slice(int(votes.starts[at]), int(votes.starts[at + 1]))
        cast = votes.values[span]
        cells: list[Any] = [""] * votes.statements.size
        for column, vote in zip(votes.columns[span].tolist(), cast.tolist(), strict=True):
            cells[column] = vote
        agree, disagree = int((cast == 1).sum()), int((cast == -1).sum())
        yield [who, groups.get(who, ""), 0, cast.size, agree, disagree, *cells]


def _groups(shown: OpinionMap | None) -> dict[Any, int]:
    """Give the group number of every mapped participant."""
    if shown is None:
        return {}
    return {who: number for at, number in enumerate(shown.letters) for who in shown.members(at)}
