"""Keys: by what a cost, or a revenue, is shared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import isqrt

from hakapa.algorithms.sharing.allocations import Allocation, allocation
from hakapa.algorithms.sharing.amounts import (
    CannotShareError,
    Number,
    Weights,
    exact,
    not_negative,
    weighed,
)

Bounds = Mapping[str, int]
Piece = tuple[Fraction, Fraction, Fraction]

ROOT_DIGITS = 30  # decimals kept of an irrational root
PLAIN = "total × weight / weights"
EQUAL = "total / parties"
MIXED = "total × ( equal_part / parties + ( 1 - equal_part ) × weight / weights )"
BOUNDED = "max( floor , min( cap , rate × part ) )"


@dataclass(frozen=True)
class Key:
    """Says each party's part: `equal_part` of the total equally, the rest by weight."""

    name: str
    weights: Mapping[str, Fraction]
    equal_part: Fraction = Fraction(0)

    def part(self, party: str) -> Fraction:
        """Give the party's part of the total, between 0 and 1."""
        by_weight = self.weights[party] / sum(self.weights.values())
        return self.equal_part / len(self.weights) + (1 - self.equal_part) * by_weight

    def parts(self) -> dict[str, Fraction]:
        """Give every party's part; they add up to 1."""
        total, count = sum(self.weights.values()), len(self.weights)
        rest = 1 - self.equal_part
        return {p: self.equal_part / count + rest * w / total for p, w in self.weights.items()}


def equal(parties: Iterable[str]) -> Key:
    """Everybody pays the same."""
    return Key("equal", weighed(dict.fromkeys(parties, 1)))


def per_inhabitant(population: Weights) -> Key:
    """Everybody pays per inhabitant."""
    return Key("per_inhabitant", weighed(population, "the population"))


def mixed(equal_part: Number, weights: Weights) -> Key:
    """Everybody pays a part (0 to 1) equally and the rest by weight, such as 0.2 for 20/80."""
    part = exact(equal_part, "the equal part")
    if not 0 <= part <= 1:
        raise CannotShareError(f"the equal part must lie between 0 and 1, and is {equal_part}")
    return Key("mixed", weighed(weights), part)


def by_use(use: Weights) -> Key:
    """Everybody pays for measured use."""
    return Key("use", weighed(use, "the use"))


def by_benefit(benefit: Weights) -> Key:
    """Everybody pays in proportion to benefit."""
    return Key("benefit", weighed(benefit, "the benefit"))


def square_root(population: Weights) -> Key:
    """Everybody pays by the square root of population: between equal and per inhabitant."""
    scale = 10 ** (2 * ROOT_DIGITS)
    read = weighed(population, "the population")
    roots = {p: Fraction(isqrt(int(w * scale)), 10**ROOT_DIGITS) for p, w in read.items()}
    return Key("square_root", weighed(roots, "the root"))


def custom(weights: Weights) -> Key:
    """Everybody pays by weights that were agreed in some other way."""
    return Key("custom", weighed(weights))


def share(
    total: int, key: Key, *, floors: Bounds | None = None, caps: Bounds | None = None
) -> Allocation:
    """Share a total (öre; negative for revenue) by a key, within floors and caps (öre).

    With floors or caps the amounts are `max(floor, min(cap, rate × part))` with the one rate
    that makes them add up.  Raises CannotShareError when no rate does.
    """
    parts = key.parts()
    if floors or caps:
        return _bounded(total, parts, floors or {}, caps or {})
    count, weights = Fraction(len(parts)), sum(key.weights.values(), Fraction(0))
    amounts = {party: total * part for party, part in parts.items()}
    known = [("total", Fraction(total)), ("parties", count)]
    if key.name == "equal":
        return allocation(key.name, amounts, EQUAL, dict.fromkeys(parts, known))
    known += [("equal_part", key.equal_part), ("weights", weights)]
    inputs = {party: [*known, ("weight", weight)] for party, weight in key.weights.items()}
    return allocation(key.name, amounts, MIXED if key.equal_part else PLAIN, inputs)


def _bounded(total: int, parts: Mapping[str, Fraction], floors: Bounds, caps: Bounds) -> Allocation:
    low = {party: floors.get(party, 0) for party in parts}
    high = {party: caps.get(party, max(total, low[party])) for party in parts}
    _check_bounds(total, parts, low, high, {**floors, **caps})
    rate = fitting_rate(Fraction(total), parts, low, high)
    amounts = {p: max(Fraction(low[p]), min(Fraction(high[p]), rate * parts[p])) for p in parts}
    inputs = {
        p: [("floor", Fraction(low[p])), ("cap", Fraction(high[p])), ("rate", rate), ("part", part)]
        for p, part in parts.items()
    }
    return allocation("bounded", amounts, BOUNDED, inputs)


def _check_bounds(
    total: int, parts: Mapping[str, Fraction], low: Bounds, high: Bounds, named: Bounds
) -> None:
    for party in named:
        if party not in parts:
            raise CannotShareError(f"{party} has a floor or a cap but takes no part")
    for party in parts:
        not_negative(low[party], f"the floor of {party}")
        if low[party] > high[party]:
            raise CannotShareError(f"the floor of {party} is above its cap")
    most = sum(high[party] if part else low[party] for party, part in parts.items())
    if not sum(low.values()) <= total <= most:
        raise CannotShareError(
            f"floors add up to {sum(low.values())} öre and caps to {most} öre: "
            f"{total} öre does not fit between them"
        )


def fitting_rate(
    total: Fraction, parts: Mapping[str, Fraction], low: Bounds, high: Bounds
) -> Fraction:
    """Find the smallest rate at which clip(rate × part, low, high) adds up to the total.

    The sum grows in straight pieces that break where a party leaves its floor or meets its
    cap; the breaks are walked in order, in exact arithmetic.  Needs a total between the
    sums of low and high over parties with a part.  Source: water filling.
    """
    breaks = sorted(
        (Fraction(bound[party]) / part, slope * part)
        for party, part in parts.items()
        if part
        for bound, slope in ((low, 1), (high, -1))
    )
    start = (Fraction(0), Fraction(0), Fraction(sum(low.values())))
    pieces = zip(accumulate(breaks, _next_piece, initial=start), breaks, strict=False)
    rate, slope, reached = next(
        piece for piece, (end, _) in pieces if _next_piece(piece, (end, Fraction(0)))[2] >= total
    )
    return rate + (total - reached) / slope if slope else rate


def _next_piece(piece: Piece, end: tuple[Fraction, Fraction]) -> Piece:
    """Walk a straight piece (rate, slope, sum) to where it breaks by a change of slope."""
    rate, slope, reached = piece
    at, change = end
    return at, slope + change, reached + slope * (at - rate)
