"""`hakapa share case.yaml`: answer the cost cases of a file."""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any

from hakapa.algorithms.casefiles import CaseFile, Place, read_case_file, write_json
from hakapa.algorithms.sharing.amounts import CannotShareError
from hakapa.algorithms.sharing.solutions import Solution, solve

LISTS = ("cost_cases", "benefit_cases")
EVERYBODY = "all"  # `all`, or `all18` where the number says how many
PATIENCE = 1.0  # seconds before progress is told


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer `share` and its options."""
    parser = subparsers.add_parser("share", help="share a cost, check it, price late joining")
    parser.add_argument("file", help="case file (YAML), or an export to compute again (JSON)")
    parser.add_argument("--json", metavar="FILE", help="write the answers; - is standard output")
    parser.add_argument("--case", metavar="ID", help="answer only the case with this id")
    parser.add_argument("--explain", choices=("sv", "en"), help="say the answers in sentences")


def run(args: argparse.Namespace) -> int:
    """Answer every case of the file; raises BadInputError for the first that cannot be."""
    solutions = list(answers(read_case_file(args.file), args.case))
    if args.explain:
        lines = (line for solution in solutions for line in solution.explain(args.explain))
        sys.stdout.write("\n".join(lines) + "\n")
    if args.json or not args.explain:
        write_json(args.json or "-", {"cases": [solution.export() for solution in solutions]})
    return 0


def answers(file: CaseFile, wanted: str | None = None) -> Iterator[Solution]:
    """Answer the cases of a file one by one, telling progress when it takes long."""
    cases = [(p, c) for p, c in cases_of(file) if wanted is None or c.get("id") == wanted]
    if not cases:
        raise file.refuse(f"no case {wanted or ''}".rstrip())
    started = time.monotonic()
    for number, (place, case) in enumerate(cases):
        if time.monotonic() - started > PATIENCE:
            sys.stderr.write(f"case {number + 1} of {len(cases)}\n")
        try:
            yield solve(with_population(case, file))
        except CannotShareError as error:
            raise file.refuse(error.reason, *place, *error.field) from None


def cases_of(file: CaseFile) -> list[tuple[Place, Mapping[str, Any]]]:
    """Find the cases: a list, a file with lists of them, an export, or one case by itself."""
    content = file.content
    places: list[Place] = [()]
    if isinstance(content, dict) and isinstance(content.get("cases"), list):
        places = [("cases", i, "case") for i in range(len(content["cases"]))]
    elif isinstance(content, dict) and any(name in content for name in LISTS):
        places = [(n, i) for n in LISTS for i in range(len(_rows(file, n)))]
    elif isinstance(content, list):
        places = [(i,) for i in range(len(content))]
    return [(place, _case_at(file, place)) for place in places]


def _rows(file: CaseFile, name: str) -> list[Any]:
    """Give a list of the file; empty when it is not there."""
    rows = file.content.get(name) if isinstance(file.content, dict) else None
    if rows is not None and not isinstance(rows, list):
        raise file.refuse(f"{name} must be a list", name)
    return rows or []


def _case_at(file: CaseFile, place: Place) -> Mapping[str, Any]:
    case = file.content
    for step in place:
        try:
            case = case[step]
        except (KeyError, TypeError):
            raise file.refuse("a case must be fields with values", *place) from None
    if not isinstance(case, dict):
        raise file.refuse("a case must be fields with values", *place)
    return case


def with_population(case: Mapping[str, Any], file: CaseFile) -> Mapping[str, Any]:
    """Write the inhabitants of the members into a case, so that it stands by itself."""
    people = {
        row["id"]: row["population"]
        for row in _rows(file, "organisations")
        if isinstance(row, dict) and "id" in row and "population" in row
    }
    members = case.get("members")
    if isinstance(members, list) and "population" not in case:
        for i, party in enumerate(members):
            if not isinstance(party, str) or party not in people:
                raise CannotShareError(f"{party} has no population", "members", i)
        return {**case, "population": {party: people[party] for party in members}}
    if "population" in case or not people:
        return case
    count = str(members or EVERYBODY).removeprefix(EVERYBODY)
    if members is not None and count not in ("", str(len(people))):
        raise CannotShareError(f"{members} is not {len(people)} organisations", "members")
    return {**case, "population": people}
