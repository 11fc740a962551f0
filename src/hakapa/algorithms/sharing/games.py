"""Cost games: what every coalition of parties would pay by itself.

A coalition is a bit mask: bit i stands for party i.  A table holds 2^n costs; entry 0 is
the empty coalition and costs nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.sharing.amounts import CannotShareError

MOST_PARTIES = 24  # a table of 2^24 costs is 128 MB
WIDEST = 2**62  # beyond this, costs are Python integers

Table = NDArray[Any]


@dataclass(frozen=True, eq=False)
class CostGame:
    """Parties and the cost (whole öre) of each of their 2^n coalitions."""

    parties: tuple[str, ...]
    costs: Table  # shape (2^n,), int64, or object when the costs are huge

    @property
    def total(self) -> int:
        """What everybody together costs."""
        return int(self.costs[-1])

    def alone(self) -> dict[str, int]:
        """Give what each party would pay by itself."""
        return {party: int(self.costs[1 << i]) for i, party in enumerate(self.parties)}

    def separable(self) -> dict[str, int]:
        """Give what leaving would save: the cost each party brings as the last to join."""
        everybody = len(self.costs) - 1
        return {
            party: self.total - int(self.costs[everybody ^ (1 << i)])
            for i, party in enumerate(self.parties)
        }

    def members(self, coalition: int) -> tuple[str, ...]:
        """Name the members of a coalition."""
        return tuple(party for i, party in enumerate(self.parties) if coalition >> i & 1)


def players(table: Table, most: int = MOST_PARTIES) -> int:
    """Say how many parties a table is for; raises CannotShareError unless it has 2^n costs."""
    count = len(table).bit_length() - 1
    if count < 1 or len(table) != 1 << count:
        raise CannotShareError(f"a table for n parties has 2^n costs, and this has {len(table)}")
    if count > most:
        raise CannotShareError(f"{count} parties are too many for a table: at most {most}")
    if table[0] != 0:
        raise CannotShareError("the empty coalition must cost nothing")
    return count


def _integers(costs: Sequence[int]) -> Table:
    wide = max(map(abs, costs)) >= WIDEST
    return np.array(costs, dtype=object if wide else np.int64)


def game_from_coalitions(costs: Mapping[frozenset[str], int]) -> CostGame:
    """Build a game from the cost (öre) of every coalition that is not empty."""
    parties = tuple(dict.fromkeys(party for members in costs for party in sorted(members)))
    if not parties:
        raise CannotShareError("there is nobody to share between")
    if len(parties) > MOST_PARTIES:
        raise CannotShareError(f"{len(parties)} parties are too many: at most {MOST_PARTIES}")
    bit = {party: 1 << i for i, party in enumerate(parties)}
    table: list[int | None] = [None] * (1 << len(parties))
    for members, cost in costs.items():
        table[sum(bit[party] for party in members)] = cost
    table[0] = table[0] or 0
    filled = [cost for cost in table if cost is not None]
    if len(filled) < len(table):
        missing = CostGame(parties, np.zeros(1)).members(table.index(None))
        gap = len(table) - len(filled)
        raise CannotShareError(
            f"the cost of {'+'.join(missing)} is missing, one of {gap} that are", "coalitions"
        )
    return _checked(parties, _integers(filled))


def game_from_function(parties: Iterable[str], cost: Callable[[frozenset[str]], int]) -> CostGame:
    """Build a game by asking a function for the cost (öre) of each coalition."""
    names = tuple(parties)
    if not 1 <= len(names) <= MOST_PARTIES or len(set(names)) < len(names):
        raise CannotShareError(f"a game needs 1 to {MOST_PARTIES} parties with names of their own")
    costs = [0] + [
        cost(frozenset(name for i, name in enumerate(names) if mask >> i & 1))
        for mask in range(1, 1 << len(names))
    ]
    return CostGame(names, _integers(costs))


def _checked(parties: tuple[str, ...], table: Table) -> CostGame:
    players(table)
    return CostGame(parties, table)


def coalition_sums(amounts: Sequence[Any] | Table, kind: Any = np.float64) -> Table:
    """Add up amounts over every coalition: shape (n,) in, (2^n,) out, in 2^n additions."""
    sums = np.zeros(1 << len(amounts), dtype=kind)
    for i, amount in enumerate(amounts):
        half = 1 << i
        sums[half : 2 * half] = sums[:half] + amount
    return sums


def coalition_sizes(count: int) -> NDArray[np.int64]:
    """Count the members of every coalition of `count` parties: shape (2^count,)."""
    return np.bitwise_count(np.arange(1 << count)).astype(np.int64)


def membership(count: int) -> NDArray[np.float64]:
    """Show who is in which coalition: shape (2^count, count), ones and zeros."""
    masks = np.arange(1 << count)[:, None]
    return (masks >> np.arange(count) & 1).astype(np.float64)
