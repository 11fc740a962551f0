"""The command `hakapa fund`: read an election, decide it, write what happened and why."""

import argparse
import json
import sys
import time
from fractions import Fraction
from pathlib import Path

from hakapa.algorithms.budgeting.completions import COMPLETIONS
from hakapa.algorithms.budgeting.explaining import Accounts, voter_account
from hakapa.algorithms.budgeting.export import exported
from hakapa.algorithms.budgeting.pabulib import NUMBER, read_pb
from hakapa.algorithms.budgeting.page import result_page
from hakapa.algorithms.budgeting.result import RULES, FundingResult, Terms, fund
from hakapa.algorithms.budgeting.sentences import (
    project_sentences,
    result_sentences,
    voter_sentences,
)
from hakapa.algorithms.budgeting.support import UTILITIES
from hakapa.algorithms.budgeting.ties import TIE_RULES
from hakapa.algorithms.budgeting.wording import LANGUAGES
from hakapa.algorithms.errors import BadInputError

QUIET_SECONDS = 1.0


class _UnknownNameError(Exception):
    """A project or voter named on the command line is not in the file."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `fund` to the commands."""
    parser = subparsers.add_parser("fund", help="decide a joint funding round (.pb file)")
    parser.add_argument("election", type=Path, help="a Pabulib file, .pb or .pb.xz")
    parser.add_argument("--rule", choices=RULES, default="equal-shares")
    parser.add_argument("--utility", choices=UTILITIES, default="cost")
    parser.add_argument("--completion", choices=COMPLETIONS, default="none")
    parser.add_argument("--ties", choices=TIE_RULES, default="cheapest", help="breaks exact ties")
    parser.add_argument("--seed", type=int, default=0, help="the lot's seed, for --ties lot")
    parser.add_argument("--step", default="1", help="by how much add1 raises every voter's money")
    parser.add_argument("--json", metavar="FILE", help="write the result; - is standard output")
    parser.add_argument("--payments", action="store_true", help="add every voter's payments")
    parser.add_argument("--html", metavar="FILE", type=Path, help="write a page to read")
    parser.add_argument("--explain", metavar="PROJECT", help="say why a project won or lost")
    parser.add_argument("--voter", metavar="ID", help="say what a voter's money paid for")
    parser.add_argument("--language", choices=LANGUAGES, default="sv")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do what was asked. 0: done; 2: bad input, told in one line on standard error."""
    try:
        election = read_pb(args.election)
        _tell(*(f"{args.election}: {notice}" for notice in election.notices))
        result = fund(election, _terms(args), _Progress())
        lines = _lines(result, args)
        _write(result, args, lines)
    except (BadInputError, _UnknownNameError) as error:
        _tell(str(error))
        return 2
    except ValueError as error:
        _tell(f"{args.election}:1: {error}")
        return 2
    except OSError as error:
        _tell(f"{error.filename}:1: cannot be written: {error.strerror}")
        return 2
    return 0


def _terms(args: argparse.Namespace) -> Terms:
    if not NUMBER.fullmatch(args.step):
        raise ValueError(f"the step is not a number: {args.step!r}")
    return Terms(
        rule=args.rule,
        utility=args.utility,
        completion=args.completion,
        ties=args.ties,
        seed=args.seed,
        step=Fraction(args.step.replace(",", ".")),
    )


def _lines(result: FundingResult, args: argparse.Namespace) -> list[str]:
    """Collect the sentences to say: on a project, on a voter, or on the whole."""
    lines = []
    if args.explain is not None:
        ids = [project.id for project in result.election.projects]
        if args.explain not in ids:
            raise _UnknownNameError(f"{args.election}:1: there is no project {args.explain!r}")
        story = Accounts(result).story(ids.index(args.explain), instead=True)
        lines += project_sentences(result, story, args.language)
    if args.voter is not None:
        if args.voter not in result.election.voter_ids:
            raise _UnknownNameError(f"{args.election}:1: there is no voter {args.voter!r}")
        account = voter_account(result, result.election.voter_ids.index(args.voter))
        lines += voter_sentences(result, account, args.language)
    return lines or ([] if args.json else result_sentences(result, args.language))


def _write(result: FundingResult, args: argparse.Namespace, lines: list[str]) -> None:
    if args.html:
        args.html.write_text(result_page(result), encoding="utf-8")
    if args.json:
        text = json.dumps(exported(result, payments=args.payments), ensure_ascii=False) + "\n"
        if args.json == "-":
            sys.stdout.write(text)
            _tell(*lines)
            return
        Path(args.json).write_text(text, encoding="utf-8")
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _tell(*lines: str) -> None:
    sys.stderr.writelines(f"{line}\n" for line in lines)


class _Progress:
    """Says how far Add1 has come, once a second."""

    def __init__(self) -> None:
        self.said = time.monotonic()

    def __call__(self, raises: int) -> None:
        now = time.monotonic()
        if now - self.said > QUIET_SECONDS:
            self.said = now
            _tell(f"add1: {raises} raises so far")
