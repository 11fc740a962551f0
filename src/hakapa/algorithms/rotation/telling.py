"""A plan said in sentences and written as plain values."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from hakapa.algorithms.rotation.orders import lot
from hakapa.algorithms.rotation.planning import Plan, Term, Turn
from hakapa.algorithms.rotation.words import BEFORE, SENTENCES


def explain(plan: Plan, language: str = "sv") -> list[str]:
    """Say the order, each turn, and why it is who it is."""
    say = SENTENCES[language]
    names = {each.id: each.name for each in plan.order}
    before = BEFORE[language]
    lines = [say[plan.rule.method].format(seed=plan.rule.seed)]
    for term in plan.held:
        lines += [_sentence(term, turn, say["held"], names, before) for turn in term.turns]
    for term in plan.planned:
        for turn in term.turns:
            lines += [
                _sentence(term, turn, say["turn"], names, before),
                *_reasons(turn, say, names),
            ]
    return lines


def _sentence(
    term: Term, turn: Turn, text: str, names: dict[str, str], before: tuple[str, ...]
) -> str:
    return text.format(
        number=term.number,
        start=term.start,
        end=term.end,
        holder=names.get(turn.holder, turn.holder),
        seat=turn.seat,
        before=before[min(turn.before, len(before) - 1)].format(times=turn.before),
        place=turn.place,
    )


def _reasons(turn: Turn, say: dict[str, str], names: dict[str, str]) -> Iterator[str]:
    for party, why in turn.passed:
        yield say["passed"].format(organisation=names[party], why=say.get(why, why))
    for wish in turn.given_up:
        yield say["given_up"].format(wish=say[wish])
    if turn.swapped:
        yield say["swapped"].format(reason=turn.swapped)


def export(plan: Plan, today: date | None = None) -> dict[str, Any]:
    """Give the plan as plain values for JSON."""
    order = [
        {"id": each.id, "name": each.name, "population": each.population, "region": each.region}
        | ({"lot": lot(plan.rule.seed, each)} if plan.rule.method == "draw" else {})
        for each in plan.order
    ]
    trio = plan.trio(today) if today else {}
    return {
        "order": order,
        "held": [_term(term) for term in plan.held],
        "planned": [_term(term) for term in plan.planned],
        "trio": {name: term and _term(term) for name, term in trio.items()},
        "load": {p: {str(y): n for y, n in years.items()} for p, years in plan.load().items()},
        "explanation": {language: explain(plan, language) for language in SENTENCES},
    }


def _term(term: Term) -> dict[str, Any]:
    return {
        "number": term.number,
        "from": term.start.isoformat(),
        "to": term.end.isoformat(),
        "turns": {turn.seat: _turn(turn) for turn in term.turns},
    }


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "holder": turn.holder,
        "held_before": turn.before,
        "place": turn.place,
        "passed": [{"organisation": party, "why": why} for party, why in turn.passed],
        "given_up": list(turn.given_up),
        "swapped": turn.swapped,
    }
