"""Swaps: two organisations exchange turns, by mutual consent and with a reason."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hakapa.algorithms.rotation.planning import CannotRotateError, Plan, Term


@dataclass(frozen=True)
class Swap:
    """The holders of a seat in two planned terms change places; both must have agreed."""

    seat: str
    terms: tuple[int, int]
    agreed: frozenset[str]
    reason: str


def swapped(plan: Plan, swaps: Sequence[Swap]) -> Plan:
    """Carry out swaps one after the other; what was planned stays readable in the reason."""
    for number, swap in enumerate(swaps):
        planned = {term.number: term for term in plan.planned}
        first, second = (_term(planned, at, number) for at in swap.terms)
        holders = (first.holder(swap.seat), second.holder(swap.seat))
        if not all(holders):
            raise CannotRotateError(f"no seat is called {swap.seat}", "swaps", number)
        if swap.agreed != set(holders):
            both = " and ".join(holders)
            raise CannotRotateError(f"a swap needs the consent of {both}", "swaps", number)
        if not swap.reason:
            raise CannotRotateError("a swap needs a reason", "swaps", number)
        planned[first.number] = _with(first, swap, holders[1])
        planned[second.number] = _with(second, swap, holders[0])
        plan = replace(plan, planned=tuple(planned.values()))
    return _counted(plan) if swaps else plan


def _counted(plan: Plan) -> Plan:
    """Count anew how often each holder held its seat before, and give it its own place."""
    times = Counter((turn.seat, turn.holder) for term in plan.held for turn in term.turns)
    place = {each.id: number for number, each in enumerate(plan.order, start=1)}
    terms = []
    for term in plan.planned:
        turns = [
            replace(turn, before=times[turn.seat, turn.holder], place=place[turn.holder])
            for turn in term.turns
        ]
        times.update((turn.seat, turn.holder) for turn in turns)
        terms.append(replace(term, turns=tuple(turns)))
    return replace(plan, planned=tuple(terms))


def _term(planned: dict[int, Term], number: int, swap: int) -> Term:
    if number not in planned:
        raise CannotRotateError(f"term {number} is not planned", "swaps", swap)
    return planned[number]


def _with(term: Term, swap: Swap, holder: str) -> Term:
    """Put another holder on the seat of a term; refuse one that is there already."""
    if any(turn.holder == holder and turn.seat != swap.seat for turn in term.turns):
        raise CannotRotateError(f"{holder} would hold two seats in term {term.number}", "swaps")
    turns = tuple(
        replace(turn, holder=holder, swapped=swap.reason) if turn.seat == swap.seat else turn
        for turn in term.turns
    )
    return replace(term, turns=turns)
