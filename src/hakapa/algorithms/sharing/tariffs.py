"""Price lists: membership by population tier, a fixed and a moving part, and parts of a year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from hakapa.algorithms.sharing.amounts import CannotShareError, Number, not_negative, weighed
from hakapa.algorithms.sharing.keys import Key

MONTHS = 12


@dataclass(frozen=True)
class Tier:
    """A step of a price list: populations below `below` (None: all) pay entry and year (öre)."""

    below: int | None
    entry: int
    year: int


# the membership table that Sambruk publishes (sambruk.se/ga-med-i-sambruk), in kronor
SAMBRUK = tuple(
    Tier(below, entry * 100, year * 100)
    for below, entry, year in (
        (7_000, 5_000, 5_000),
        (15_000, 5_000, 10_000),
        (25_000, 10_000, 25_000),
        (50_000, 10_000, 35_000),
        (100_000, 10_000, 50_000),
        (150_000, 20_000, 65_000),
        (None, 25_000, 80_000),
    )
)


def tier_of(population: Number, tiers: Sequence[Tier]) -> Tier:
    """Find the first tier whose limit the population is below."""
    people = not_negative(population, "the population")
    for tier in tiers:
        if tier.below is None or people < tier.below:
            return tier
    raise CannotShareError(f"no tier holds a population of {population}", "tiers")


def check_tiers(tiers: Sequence[Tier]) -> None:
    """Refuse tiers whose limits do not rise, or whose open tier is not last."""
    limits = [tier.below for tier in tiers]
    closed = [limit for limit in limits if limit is not None]
    rising = all(a < b for a, b in pairwise(closed))
    if not tiers or not rising or None in limits[:-1]:
        raise CannotShareError("tiers need limits that rise, with an open tier last", "tiers")


def by_tiers(population: Mapping[str, Number], tiers: Sequence[Tier] = SAMBRUK) -> Key:
    """Everybody pays by the yearly fee of its population tier."""
    check_tiers(tiers)
    years = {party: tier_of(people, tiers).year for party, people in population.items()}
    return Key("tiers", weighed(years, "the yearly fee"))


def two_part_fee(fixed: int, per_inhabitant: Number, population: int, months: int = MONTHS) -> int:
    """Price a service with a fixed and a per-inhabitant part a month (öre), rounded down."""
    moving = not_negative(per_inhabitant, "the fee per inhabitant") * population
    return int(months * (fixed + moving))


def part_of_year(fee: int, month: int) -> int:
    """Charge a yearly fee (öre) from a calendar month (1 to 12) on, that month included."""
    if not 1 <= month <= MONTHS:
        raise CannotShareError(f"a month is 1 to {MONTHS}, not {month}", "month")
    return int(Fraction(fee * (MONTHS + 1 - month), MONTHS))
