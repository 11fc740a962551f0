"""`hakapa rotate seats.yaml`: put organisations in turn for seats."""

import argparse
import sys
from collections.abc import Mapping
from typing import Any

from hakapa.algorithms.casefiles import CaseFile, Place, read_case_file, write_json
from hakapa.algorithms.rotation.planning import CannotRotateError, Plan
from hakapa.algorithms.rotation.reading import Fields, plan_of
from hakapa.algorithms.rotation.telling import explain, export

INHERITED = ("organisations", "today")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer `rotate` and its options."""
    parser = subparsers.add_parser("rotate", help="put organisations in turn for seats")
    parser.add_argument("file", help="rotation file (YAML), or an export to compute again (JSON)")
    parser.add_argument("--json", metavar="FILE", help="write the order; - is standard output")
    parser.add_argument("--explain", choices=("sv", "en"), help="say the order in sentences")


def run(args: argparse.Namespace) -> int:
    """Plan every rotation of the file; raises BadInputError for the first that cannot be."""
    plans = [(case, planned(case, place, file)) for file, place, case in _cases(args.file)]
    if args.explain:
        lines = (line for _, (plan, _) in plans for line in explain(plan, args.explain))
        sys.stdout.write("\n".join(lines) + "\n")
    if args.json or not args.explain:
        rotations = [
            {"id": case.get("id"), "title": case.get("title"), **answer, "case": case}
            for case, (_, answer) in plans
        ]
        write_json(args.json or "-", {"rotations": rotations})
    return 0


def planned(case: Mapping[str, Any], place: Place, file: CaseFile) -> tuple[Plan, dict[str, Any]]:
    """Plan one rotation, pointing at the line of the field when it cannot be."""
    try:
        today = Fields(case).day("today") if "today" in case else None
        plan = plan_of(case)
    except CannotRotateError as error:
        inherited = error.field[:1] == ("organisations",)
        raise file.refuse(error.reason, *(() if inherited else place), *error.field) from None
    return plan, export(plan, today)


def _cases(path: str) -> list[tuple[CaseFile, Place, Mapping[str, Any]]]:
    """Find the rotations of a file: one by itself, a list of them, or those of an export."""
    file = read_case_file(path)
    content = file.content
    if not isinstance(content, dict):
        raise file.refuse("a rotation must be fields with values")
    around = {name: content[name] for name in INHERITED if name in content}
    if "demo_today" in content:
        around["today"] = content["demo_today"]
    for name, inner in (("rotation", ()), ("rotations", ("case",))):
        if name in content:
            return [(file, p, around | case) for p, case in _listed(file, name, inner)]
    return [(file, (), content)]


def _listed(file: CaseFile, name: str, inner: Place) -> list[tuple[Place, dict[str, Any]]]:
    rows = file.content[name]
    if not isinstance(rows, list):
        raise file.refuse(f"{name} must be a list", name)
    found = []
    for i, row in enumerate(rows):
        case = row.get(inner[0]) if inner and isinstance(row, dict) else row
        if not isinstance(case, dict):
            raise file.refuse("a rotation must be fields with values", name, i)
        found.append(((name, i, *inner), case))
    return found
