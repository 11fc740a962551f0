"""What to do with money that equal shares leave: raise everybody's share, or fill up.

- none: stop there.
- add1: raise every endowment by one step at a time; keep the last outcome that fits the budget
  before the first that does not (the rule by which Wieliczka 2023 was decided).
- add1-exhaustive: the same, but stop already at the first outcome to which no supported project
  can be added within the budget (the rule of pabutools).
- utilitarian: add projects by utility per cost while they fit. add1u: add1, then utilitarian.

Raises that change nothing are not counted one by one: when a count far ahead takes the same path
for a reason that holds everywhere between (see `rounds.Count`), all of them are skipped at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hakapa.algorithms.budgeting.greedy import by_cost_effectiveness
from hakapa.algorithms.budgeting.plain import PlainCount
from hakapa.algorithms.budgeting.rounds import Count
from hakapa.algorithms.budgeting.support import Support
from hakapa.algorithms.budgeting.swift import SwiftCount

COMPLETIONS = ("none", "add1", "add1-exhaustive", "add1u", "utilitarian")
CALM = 3  # so many raises in a row must change nothing before larger leaps are tried
MANY = 200_000  # entries on ballots from which raises repay the second a compiler takes to load

AnyCount = Count | PlainCount
Progress = Callable[[int], None]


@dataclass(frozen=True, eq=False)
class Completed:
    """The final count, how often endowments were raised, why it ended, what was added after.

    `ended`: "count" (no raise asked for), "overspent" (the next raise would cost `next_cost`),
    "exhausted" (nothing supported fits any more), "all" (everything supported is funded).
    """

    count: AnyCount
    raises: int
    ended: str
    added: tuple[int, ...]
    next_funded: tuple[int, ...] = ()


def complete(
    support: Support,
    rank: Sequence[int],
    completion: str,
    progress: Progress = lambda _: None,
) -> Completed:
    """Count by equal shares with a completion by name."""
    if completion in {"none", "utilitarian"}:
        count = one_count(support, support.endowment, rank, None).run()
        done = Completed(count, 0, "count", ())
    else:
        done = raised(support, rank, progress, exhaustive=completion == "add1-exhaustive")
    if completion not in {"utilitarian", "add1u"}:
        return done
    added = tuple(by_cost_effectiveness(support, rank, done.count.funded))
    return Completed(done.count, done.raises, done.ended, added, done.next_funded)


def one_count(
    support: Support, endowment: int, rank: Sequence[int], guide: AnyCount | None
) -> AnyCount:
    """Set up a count: with floats as a filter, or plain where figures are too large for that.

    Raises of large elections are counted in compiled loops.
    """
    if support.fits_floats(endowment):
        many = guide is not None and support.simple and len(support.backers) >= MANY
        kind = SwiftCount if many else Count
        return kind(support, endowment, rank, guide if isinstance(guide, Count) else None)
    return PlainCount(support, endowment, rank, guide if isinstance(guide, PlainCount) else None)


def raised(
    support: Support, rank: Sequence[int], progress: Progress, *, exhaustive: bool
) -> Completed:
    """Raise endowments until a count overspends, leaps over raises that change nothing."""
    count = one_count(support, support.endowment, rank, None).run()
    raises, leap, broken, calm = 0, 1, 0, 0
    while not (ended := _end(support, count.funded, exhaustive=exhaustive)):
        progress(raises)
        endowment = support.endowment + (raises + leap) * support.unit
        later = one_count(support, endowment, rank, count).run(give_up=leap > 1)
        later.forget_guide()
        if later.same_path:
            count, raises, broken, calm = later, raises + leap, max(0, broken - leap), calm + 1
            leap = max(1, broken // 2) if broken else 2 * leap if calm >= CALM else 1
        elif leap > 1:
            broken, leap = leap, leap // 2
        elif support.cost_of(later.funded) > support.budget:
            return Completed(count, raises, "overspent", (), tuple(later.funded))
        else:
            count, raises, broken, leap, calm = later, raises + 1, 0, 1, 0
    return Completed(count, raises, ended, ())


def _end(support: Support, funded: list[int], *, exhaustive: bool) -> str:
    """Say why no further raise can matter, or nothing when it can."""
    taken = set(funded)
    missing = [support.costs[c] for c in support.supported() if c not in taken]
    if not missing:
        return "all"
    left = support.budget - support.cost_of(funded)
    return "exhausted" if exhaustive and min(missing) > left else ""
