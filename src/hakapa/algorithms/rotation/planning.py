"""Who holds which seat in which term, and why it is their turn."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from hakapa.algorithms.rotation.orders import Organisation, in_order, large

MONTHS = 12
LAST_YEAR = 9000
# wishes are given up in this order when nobody fulfils them all
WISHES = ("region", "size", "pair", "gap", "one_seat")


class CannotRotateError(ValueError):
    """No order follows from what was given: why, and which field is to blame."""

    def __init__(self, reason: str, *field: str | int) -> None:
        """Keep the field so that a reader of files can point at its line."""
        super().__init__(reason)
        self.reason, self.field = reason, field


@dataclass(frozen=True)
class Rule:
    """How turns are given.

    `gap` is how many whole terms must pass between two turns of one organisation; `balance`
    holds `region` or `size` when a seat should not stay in the same region or half of sizes;
    `pairs` are seats of one term that should join a large and a small; `combined` are seats
    that one organisation may hold together.
    """

    seats: tuple[str, ...]
    method: str = "round_robin"
    seed: int | str = 0
    volunteers: tuple[str, ...] = ()
    gap: int = 1
    balance: frozenset[str] = frozenset()
    pairs: tuple[tuple[str, str], ...] = ()
    combined: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Calendar:
    """Which terms to plan: from when, how many months each, and how many."""

    start: date
    term_months: int
    count: int

    def __post_init__(self) -> None:
        """Refuse terms without length and terms beyond the calendar."""
        if self.term_months < 1 or self.count < 0:
            raise CannotRotateError("terms need at least one month", "term_months")
        if self.start.year + self.count * self.term_months // MONTHS > LAST_YEAR:
            raise CannotRotateError(f"terms must end before the year {LAST_YEAR}", "plan")

    def terms(self) -> list[tuple[date, date]]:
        """Give the first and the last day of each term."""
        starts = [months_later(self.start, i * self.term_months) for i in range(self.count + 1)]
        return [(first, after - timedelta(days=1)) for first, after in pairwise(starts)]


@dataclass(frozen=True)
class Skip:
    """An organisation passes its turn in a term, with a reason, and keeps its place."""

    term: int
    organisation: str
    reason: str
    seat: str = ""  # every seat when empty


@dataclass(frozen=True)
class Turn:
    """Who holds a seat, and what led there.

    `before` is how often it held this seat earlier, `place` its place in the order (from 1),
    `passed` who stood before it and why they were passed, `given_up` the wishes that nobody
    fulfilled; `swapped` the reason when the turn was exchanged afterwards.
    """

    seat: str
    holder: str
    before: int = 0
    place: int = 0
    passed: tuple[tuple[str, str], ...] = ()
    given_up: tuple[str, ...] = ()
    swapped: str = ""


@dataclass(frozen=True)
class Term:
    """A period and the turns in it; numbers count on from the terms already held."""

    number: int
    start: date
    end: date
    turns: tuple[Turn, ...]

    def holder(self, seat: str) -> str:
        """Say who holds a seat; empty when it is not filled."""
        return next((turn.holder for turn in self.turns if turn.seat == seat), "")


@dataclass(frozen=True)
class Plan:
    """Terms already held, the terms planned after them, and the order that they follow."""

    order: tuple[Organisation, ...]
    rule: Rule
    held: tuple[Term, ...]
    planned: tuple[Term, ...]

    def trio(self, today: date) -> dict[str, Term | None]:
        """Give the previous, the current and the next term of a day."""
        terms = [*self.held, *self.planned]
        at = next((i for i, term in enumerate(terms) if term.end >= today), len(terms))
        now = at if at < len(terms) and terms[at].start <= today else None
        following = at if now is None else at + 1
        return {
            "previous": terms[at - 1] if at else None,
            "current": None if now is None else terms[now],
            "next": terms[following] if following < len(terms) else None,
        }

    def load(self) -> dict[str, dict[int, int]]:
        """Count the seats that each organisation holds by the year a term starts in."""
        loads: dict[str, dict[int, int]] = {each.id: {} for each in self.order}
        for term in (*self.held, *self.planned):
            for turn in term.turns:
                years = loads.setdefault(turn.holder, {})
                years[term.start.year] = years.get(term.start.year, 0) + 1
        return loads


def months_later(start: date, months: int) -> date:
    """Move a day some months on; the last day of a shorter month where the day is not there."""
    whole = start.year * MONTHS + start.month - 1 + months
    first = date(whole // MONTHS, whole % MONTHS + 1, 1)
    last = date((whole + 1) // MONTHS, (whole + 1) % MONTHS + 1, 1) - timedelta(days=1)
    return first.replace(day=min(start.day, last.day))


def plan_terms(
    organisations: Sequence[Organisation],
    rule: Rule,
    calendar: Calendar,
    held: Sequence[Term] = (),
    skips: Sequence[Skip] = (),
) -> Plan:
    """Plan the terms of a calendar, after those that were held already.

    Each seat goes to who has held it least, then to who has held any seat least, then by the
    order of the rule, among those who fulfil the wishes of the rule.
    """
    order = in_order(organisations, rule.method, rule.seed, rule.volunteers)
    if not order or not rule.seats:
        raise CannotRotateError("a rotation needs members and seats")
    planning = _Planning(order, rule, [], skips)
    for term in held:
        planning.take(term)
    for first, last in calendar.terms():
        planning.add(first, last)
    return Plan(order, rule, tuple(held), tuple(planning.terms[len(held) :]))


@dataclass
class _Planning:
    """The terms so far; knows whose turn comes next."""

    order: tuple[Organisation, ...]
    rule: Rule
    terms: list[Term]
    skips: Sequence[Skip]
    held: Counter[tuple[str, str]] = field(default_factory=Counter)  # by organisation and seat

    def take(self, term: Term) -> None:
        """Count a term that is settled."""
        self.terms.append(term)
        for turn in term.turns:
            self.held[turn.holder, turn.seat] += 1
            self.held[turn.holder, ""] += 1

    def add(self, start: date, end: date) -> None:
        """Fill one more term, seat by seat."""
        turns: list[Turn] = []
        for seat in self.rule.seats:
            turns.append(self._turn(seat, turns))
        self.take(Term(len(self.terms) + 1, start, end, tuple(turns)))

    def _turn(self, seat: str, turns: Sequence[Turn]) -> Turn:
        number = len(self.terms) + 1
        skipping = {
            skip.organisation: skip.reason
            for skip in self.skips
            if skip.term == number and skip.seat in ("", seat)
        }
        in_turn = sorted(self.order, key=lambda o: (self.held[o.id, seat], self.held[o.id, ""]))
        there = [each for each in in_turn if each.id not in skipping]
        if not there:
            raise CannotRotateError(f"everybody skips {seat} in term {number}", "skips")
        wishes = self._wishes(seat, turns)
        kept = next(
            names
            for names in (WISHES[i:] for i in range(len(WISHES) + 1))
            if any(all(wishes[name](each) for name in names) for each in there)
        )
        chosen = next(each for each in there if all(wishes[name](each) for name in kept))
        passed = [
            (each.id, skipping.get(each.id) or next(n for n in kept[::-1] if not wishes[n](each)))
            for each in in_turn[: in_turn.index(chosen)]
        ]
        given_up = [n for n in WISHES if n not in kept and not wishes[n](chosen)]
        place = self.order.index(chosen) + 1
        before = self.held[chosen.id, seat]
        return Turn(seat, chosen.id, before, place, tuple(passed), tuple(given_up))

    def _wishes(
        self, seat: str, turns: Sequence[Turn]
    ) -> Mapping[str, Callable[[Organisation], bool]]:
        """Give each wish as a question about an organisation."""
        rule, big = self.rule, large(self.order)
        recent = {t.holder for term in self.terms[-rule.gap :] if rule.gap for t in term.turns}
        together = {a for pair in rule.combined if seat in pair for a in pair}
        seated = {turn.holder for turn in turns if turn.seat not in together}
        before = self.terms[-1].holder(seat) if self.terms else ""
        regions = {each.region for each in self.order if each.id == before and each.region}
        partners = {a for pair in rule.pairs if seat in pair for a in pair}
        sizes = {turn.holder in big for turn in turns if turn.seat in partners}
        return {
            "region": lambda each: "region" not in rule.balance or each.region not in regions,
            "size": lambda each: (
                "size" not in rule.balance or not before or (each.id in big) != (before in big)
            ),
            "pair": lambda each: (each.id in big) not in sizes,
            "gap": lambda each: each.id not in recent,
            "one_seat": lambda each: each.id not in seated,
        }
