"""`hakapa map`: the opinion map of a conversation, from the command line."""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from hakapa.algorithms.errors import BadInputError
from hakapa.algorithms.opinion.document import document_of, recompute, votes_from
from hakapa.algorithms.opinion.drawing import draw
from hakapa.algorithms.opinion.explaining import explain
from hakapa.algorithms.opinion.mapping import map_opinions
from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.opinion_map import OpinionMap
from hakapa.algorithms.opinion.public import public_document
from hakapa.algorithms.opinion.reading import read_conversation
from hakapa.algorithms.opinion.tabulating import page
from hakapa.algorithms.opinion.votes import Votes

QUIET = 1.0  # seconds before progress is told


class Progress:
    """Tells on standard error what is going on, once it has taken more than a second."""

    def __init__(self) -> None:
        """Start the clock."""
        self.started = time.monotonic()

    def say(self, what: str) -> None:
        """Tell what was done, if it took long enough for somebody to wonder."""
        taken = time.monotonic() - self.started
        if taken > QUIET:
            print(f"{taken:.1f} s: {what}", file=sys.stderr)  # noqa: T201  a command line speaks


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Add the command `map` and its options."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "map", help="draw the opinion map of a conversation", description=__doc__
    )
    add = parser.add_argument
    add("votes", type=Path, help="votes: Polis csv or API json, Parquet (also .xz, .gz, .bz2)")
    add("--comments", type=Path, help="statements: Polis comments.csv or API json")
    add("--sectors", type=Path, help="declared sectors: csv with participant, sector")
    add("--agree", type=int, choices=(1, -1), help="which sign means agreement")
    add("--strict", action="store_true", help="leave out statements nobody approved yet")
    add("--recompute", action="store_true", help="votes is a map.json: compute its map again")
    add("--mode", choices=("stable", "polis"), default="stable", help="how groups are found")
    add("--json", help="write everything to this file, - for standard output")
    add("--no-votes", action="store_true", help="leave the votes out of the document")
    add("--public", action="store_true", help="write only what everybody may see")
    add("--svg", help="draw the map to this file, - for standard output")
    add("--html", help="write map, table and explanation to this file, - for standard output")
    add("--language", choices=("sv", "en"), default="sv", help="of drawing and explanation")
    return parser


def run(args: argparse.Namespace) -> int:
    """Read, map and write; raises BadInputError or OSError when that cannot be done."""
    progress = Progress()
    try:
        votes, shown = _recomputed(args) if args.recompute else _mapped(args, progress)
    except (ValueError, ModuleNotFoundError) as error:
        raise BadInputError(args.votes, 1, str(error)) from error
    progress.say(f"mapped {shown.mapped.size} people")
    if args.json is not None:
        full = None if args.public else document_of(shown, None if args.no_votes else votes)
        document = full or public_document(shown)
        _write(args.json, json.dumps(document, ensure_ascii=False) + "\n")
    if args.svg is not None:
        _write(args.svg, draw(shown, args.language))
    if args.html is not None:
        _write(args.html, page(shown, args.language))
    if args.json is None and args.svg is None and args.html is None:
        _write("-", "\n".join(explain(shown, args.language)) + "\n")
    progress.say("wrote the answer")
    return 0


def _mapped(args: argparse.Namespace, progress: Progress) -> tuple[Votes, OpinionMap]:
    """Read the votes and map them."""
    votes = _read(args)
    progress.say(f"read {votes.columns.size} votes")
    return votes, map_opinions(votes, Method(mode=args.mode))


def _recomputed(args: argparse.Namespace) -> tuple[Votes, OpinionMap]:
    """Compute the map of a document again from the inputs that it holds.

    Raises ValueError when it is no such document.
    """
    try:
        document = json.loads(args.votes.read_bytes())
        return votes_from(document), recompute(document)
    except (KeyError, TypeError, IndexError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError("this is no map.json with its inputs") from error


def _read(args: argparse.Namespace) -> Votes:
    """Read the files that were named."""
    return read_conversation(
        args.votes,
        comments=args.comments,
        sectors=args.sectors,
        agree=args.agree,
        strict=args.strict,
    ).votes


def _write(where: str, text: str) -> None:
    """Write to a file, or to standard output for -."""
    if where == "-":
        sys.stdout.write(text)
    else:
        Path(where).write_text(text, encoding="utf-8")
