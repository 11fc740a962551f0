"""The order in which organisations come to their turn, before seats and gaps are looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

METHODS = ("round_robin", "draw", "alternate", "volunteers")
AFTER_Z = str.maketrans("åäöÅÄÖéÉüÜ", "{|}{|}eEyY")  # å, ä, ö come after z, in that order


@dataclass(frozen=True)
class Organisation:
    """Who can hold a seat: how many inhabitants it has and in which region it lies."""

    id: str
    name: str
    population: int = 0
    region: str = ""


def swedish(name: str) -> str:
    """Give a key that sorts names as a Swedish index does."""
    return name.translate(AFTER_Z).lower()


def lot(seed: int | str, organisation: Organisation) -> str:
    """Draw an organisation's lot: SHA-256 of `seed:id`, so that anybody can check it."""
    return sha256(f"{seed}:{organisation.id}".encode()).hexdigest()


def in_order(
    organisations: Sequence[Organisation],
    method: str,
    seed: int | str = 0,
    volunteers: Sequence[str] = (),
) -> tuple[Organisation, ...]:
    """Put organisations in order; the outcome does not depend on the order they come in.

    `round_robin` by Swedish name; `draw` by lot; `alternate` the largest, the smallest, the
    next largest and so on; `volunteers` those first, in their order, then the rest by name.
    """
    by_name = sorted(organisations, key=lambda each: (swedish(each.name), each.id))
    if method == "draw":
        return tuple(sorted(by_name, key=lambda each: lot(seed, each)))
    if method == "alternate":
        by_size = sorted(by_name, key=lambda each: -each.population)
        turns = range(len(by_size))
        return tuple(by_size[i // 2] if i % 2 == 0 else by_size[-(i // 2) - 1] for i in turns)
    first = {party: place for place, party in enumerate(volunteers)}
    return tuple(sorted(by_name, key=lambda each: first.get(each.id, len(first))))


def large(organisations: Sequence[Organisation]) -> frozenset[str]:
    """Say which organisations count as large: the upper half by population."""
    by_size = sorted(organisations, key=lambda each: (-each.population, swedish(each.name)))
    return frozenset(each.id for each in by_size[: (len(by_size) + 1) // 2])
