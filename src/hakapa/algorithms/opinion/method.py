"""The constants of the Polis method, each with the value Polis uses unless said otherwise."""

from dataclasses import dataclass, fields
from typing import Any, Literal

Mode = Literal["stable", "polis"]


@dataclass(frozen=True)
class Method:
    """How an opinion map is made. Every number that decides something is here.

    `mode` is "stable" (many seeded starts, the same map whatever the order of rows) or "polis"
    (one start from the first people, as a Polis server that has just been started does it).
    `z` is the one-sided 90 % point of the normal distribution; `confidence` is the two-sided
    level of the intervals that are printed beside shares. `floor` is the smallest group or sector
    that public output may show. `patience` is how many updates in a row must ask for another
    number of groups before the map follows.
    """

    mode: Mode = "stable"
    min_votes: int = 7
    min_people: int = 15
    base_clusters: int = 100
    max_groups: int = 5
    people_per_group: int = 12
    z: float = 1.2816
    picks: int = 5
    consensus_share: float = 0.5
    confidence: float = 0.95
    floor: int = 5
    patience: int = 4
    restarts: int = 30
    cells: int = 625
    seed: int = 1

    def __post_init__(self) -> None:
        """Refuse constants that mean nothing; raises ValueError."""
        if self.mode not in {"stable", "polis"}:
            raise ValueError(f"mode is {self.mode!r}, not 'stable' or 'polis'")
        for name in ("base_clusters", "max_groups", "people_per_group", "restarts", "patience"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")
        for name in ("min_votes", "min_people", "picks", "floor", "cells"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must not be negative")
        if not 0 < self.confidence < 1:
            raise ValueError("confidence must lie between 0 and 1")

    def as_json(self) -> dict[str, Any]:
        """Give every constant by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
