"""A rotation as it stands in a file: members, rule, terms held, skips and swaps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hakapa.algorithms.rotation.orders import METHODS, Organisation
from hakapa.algorithms.rotation.planning import (
    LAST_YEAR,
    Calendar,
    CannotRotateError,
    Plan,
    Rule,
    Skip,
    Term,
    Turn,
    plan_terms,
)
from hakapa.algorithms.rotation.swapping import Swap, swapped

ABOUT_A_TERM = {"from", "to", "state", "handover_complete"}  # the rest of its fields are seats
BALANCES = ("region", "size")
MOST_TERMS = 1000
PAIR = 2


@dataclass(frozen=True)
class Fields:
    """Reads the fields of a rotation; what is wrong says which field it is."""

    given: Mapping[str, Any]
    place: tuple[str | int, ...] = ()

    def wrong(self, reason: str, *field: str | int) -> CannotRotateError:
        """Make the error for a field."""
        return CannotRotateError(reason, *self.place, *field)

    def text(self, name: str, default: str | None = None) -> str:
        """Read a word."""
        value = self.given.get(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise self.wrong(f"{name} must be a word", name)
        return str(value)

    def whole(self, name: str, default: int, least: int = 0) -> int:
        """Read a whole number between a least one and 1,000 (of seeds: any)."""
        value = self.given.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(f"{name} must be a whole number", name)
        if not least <= value <= MOST_TERMS:
            raise self.wrong(f"{name} must lie between {least} and {MOST_TERMS}", name)
        return value

    def day(self, name: str) -> date:
        """Read a day, as a date or as it is written in an export."""
        value = self.given.get(name)
        try:
            day = date.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            day = None
        if type(day) is not date or day.year > LAST_YEAR:
            raise self.wrong(f"{name} must be a day such as 2026-07-01", name)
        return day

    def words(self, name: str) -> tuple[str, ...]:
        """Read a list of words, each once; empty when it is not there."""
        value = self.given.get(name) or []
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.wrong(f"{name} must list words", name)
        if len(set(value)) < len(value):
            raise self.wrong(f"{name} must list each word once", name)
        return tuple(value)

    def rows(self, name: str) -> list["Fields"]:
        """Read a list of rows of fields; empty when it is not there."""
        value = self.given.get(name) or []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.wrong(f"{name} must list rows of fields", name)
        return [Fields(each, (*self.place, name, i)) for i, each in enumerate(value)]

    def pairs(self, name: str, seats: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """Read a list of pairs of seats; empty when it is not there."""
        value = self.given.get(name) or []
        if not isinstance(value, list) or not all(
            isinstance(pair, list) and len(pair) == PAIR and all(seat in seats for seat in pair)
            for pair in value
        ):
            raise self.wrong(f"{name} must list pairs of seats", name)
        return tuple((str(first), str(second)) for first, second in value)


def plan_of(case: Mapping[str, Any]) -> Plan:
    """Plan a rotation as a case file gives it; raises CannotRotateError with the field."""
    fields = Fields(case)
    members = _members(fields)
    held = _held(fields)
    rule = _rule(fields, held)
    known = {each.id for each in members}
    skips = [_skip(row, known) for row in fields.rows("skips")]
    start = held[-1].end + timedelta(days=1) if held and "start" not in case else None
    plan = plan_terms(
        members,
        rule,
        Calendar(
            start or fields.day("start"),
            fields.whole("term_months", 12, least=1),
            fields.whole("plan", len(members)),
        ),
        held,
        skips,
    )
    return swapped(plan, [_swap(row) for row in fields.rows("swaps")])


def _members(fields: Fields) -> list[Organisation]:
    read = []
    for row in fields.rows("organisations"):
        party = row.text("id")
        people = row.given.get("population", 0)
        if type(people) is not int or people < 0:
            raise row.wrong("population must be a whole number, zero or more", "population")
        region = row.text("region", row.text("county", ""))
        read.append(Organisation(party, row.text("name", party), people, region))
    if len({each.id for each in read}) < len(read):
        raise fields.wrong("an organisation is listed twice", "organisations")
    wanted = fields.words("members")
    for party in wanted:
        if party not in {each.id for each in read}:
            raise fields.wrong(f"{party} is no organisation", "members")
    return [each for each in read if not wanted or each.id in wanted]


def _held(fields: Fields) -> list[Term]:
    terms: list[Term] = []
    for number, row in enumerate(fields.rows("terms"), start=1):
        start, end = row.day("from"), row.day("to")
        if end < start or (terms and start <= terms[-1].end):
            raise row.wrong("a term must end after it starts, and start after the last", "from")
        seats = [seat for seat in row.given if seat not in ABOUT_A_TERM]
        turns = tuple(Turn(seat, row.text(seat)) for seat in seats)
        terms.append(Term(number, start, end, turns))
    return terms


def _rule(fields: Fields, held: list[Term]) -> Rule:
    method = fields.text("method", "draw" if "seed" in fields.given else METHODS[0])
    if method not in METHODS:
        raise fields.wrong("method is one of " + ", ".join(METHODS), "method")
    balance = fields.words("balance")
    if not set(balance) <= set(BALANCES):
        raise fields.wrong("balance lists " + " or ".join(BALANCES), "balance")
    latest = tuple(turn.seat for turn in held[-1].turns) if held else ()
    seats = fields.words("seats") or latest or ("chair",)
    return Rule(
        seats=seats,
        method=method,
        seed=fields.text("seed", "0"),
        volunteers=fields.words("volunteers"),
        gap=fields.whole("gap", 1),
        balance=frozenset(balance),
        pairs=fields.pairs("pairs", seats),
        combined=fields.pairs("combined", seats),
    )


def _skip(row: Fields, known: set[str]) -> Skip:
    party = row.text("organisation")
    if party not in known:
        raise row.wrong(f"{party} is no member", "organisation")
    return Skip(row.whole("term", 0, least=1), party, row.text("reason"), row.text("seat", ""))


def _swap(row: Fields) -> Swap:
    terms = row.given.get("terms")
    if not isinstance(terms, list) or len(terms) != PAIR:
        raise row.wrong("a swap names two terms", "terms")
    first, second = (Fields({"terms": at}, row.place).whole("terms", 0) for at in terms)
    return Swap(
        row.text("seat"), (first, second), frozenset(row.words("agreed")), row.text("reason")
    )
