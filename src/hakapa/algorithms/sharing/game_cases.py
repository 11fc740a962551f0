"""Answers to a case that gives the cost of every coalition."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from hakapa.algorithms.sharing.allocations import Allocation
from hakapa.algorithms.sharing.amounts import CannotShareError
from hakapa.algorithms.sharing.core import CoreCheck, core_check
from hakapa.algorithms.sharing.forms import Form
from hakapa.algorithms.sharing.games import CostGame, game_from_coalitions
from hakapa.algorithms.sharing.nucleolus import METHOD, nucleolus
from hakapa.algorithms.sharing.owen import owen
from hakapa.algorithms.sharing.separable import (
    LimitCheck,
    equal_saving,
    scrb,
    separable_cost_test,
    stand_alone_test,
)
from hakapa.algorithms.sharing.shapley import allocation_of_values, shapley

MOST_FOR_NUCLEOLUS = 14  # above this a case would take seconds

Part = Allocation | LimitCheck | CoreCheck


@dataclass(frozen=True)
class _Names:
    """Reads coalitions written as `A+H`, or as `AH` where every party is one letter."""

    parties: frozenset[str]

    def members(self, written: str) -> frozenset[str]:
        """Name the members of a coalition as it is written."""
        names = [name.strip() for name in written.split("+")]
        if len(names) == 1 and names[0] not in self.parties:
            names = list(written)
        if len(set(names)) < len(names):
            raise CannotShareError(f"{written} names a party twice", "coalitions", written)
        for name in names:
            if name not in self.parties:
                raise CannotShareError(f"{name:.40} is no party", "coalitions", written)
        return frozenset(names)


def game_of(form: Form) -> CostGame:
    """Read the game of a case: the cost of every coalition."""
    costs = form.amounts("coalitions")
    letters = not any("+" in written for written in costs)
    alone = {name for written in costs for name in (written if letters else written.split("+"))}
    names = _Names(frozenset(form.names("parties") or {name.strip() for name in alone}))
    read: dict[frozenset[str], int] = {}
    for written, cost in costs.items():
        members = names.members(written)
        if members in read:
            raise CannotShareError(f"{written} is priced twice", "coalitions", written)
        read[members] = cost
    return game_from_coalitions(read)


def solve_game(form: Form) -> dict[str, Part]:
    """Share the cost of a game by each method, and check every answer against every coalition."""
    game = game_of(form)
    alone, separable = game.alone(), game.separable()
    answers = _answers(form, game, alone, separable)
    parts: dict[str, Part] = {}
    for name, answer in answers.items():
        shares = answer.shares
        parts[name] = answer
        parts[f"{name}/alone"] = stand_alone_test(shares, alone)
        parts[f"{name}/separable"] = separable_cost_test(shares, separable)
        parts[f"{name}/core"] = core_check(game, shares)
    return parts


def _answers(
    form: Form, game: CostGame, alone: Mapping[str, int], separable: Mapping[str, int]
) -> dict[str, Allocation]:
    answers = {"shapley": shapley(game), "equal_saving": equal_saving(game.total, alone)}
    if sum(separable.values()) == game.total or any(alone[p] > separable[p] for p in alone):
        answers["scrb"] = scrb(game.total, separable, alone)
    if "groups" in form:
        answers["owen"] = owen(game, _groups(form))
    if len(game.parties) <= MOST_FOR_NUCLEOLUS:
        positive = bool((game.costs[1:] > 0).all())
        kinds = METHOD if positive else {per: METHOD[per] for per in ("coalition", "member")}
        answers |= {method: nucleolus(game, per) for per, method in kinds.items()}
    for name in form.mapping("proposals") if "proposals" in form else ():
        fields = {"unit": form.unit, name: form.mapping("proposals")[name]}
        given = Form(fields, ("proposals",)).amounts(name)
        if given.keys() != alone.keys():
            raise CannotShareError(f"{name} must name every party once", "proposals", name)
        values = [Fraction(given[party]) for party in game.parties]
        answers[name] = allocation_of_values("custom", game.parties, values)
    return answers


def _groups(form: Form) -> list[list[str]]:
    groups = form.sequence("groups")
    if not all(isinstance(group, list) and all(map(str, group)) for group in groups):
        raise CannotShareError("groups must list groups of parties", "groups")
    return [[str(party) for party in group] for group in groups]
