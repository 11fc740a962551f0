"""Matching: what resembles what and why, and who is ready for which solution."""

from hakapa.algorithms.matching.readiness import (
    Readiness,
    Requirement,
    changed,
    readiness_of,
)
from hakapa.algorithms.matching.similarity import Match, Thing, similar
from hakapa.algorithms.matching.stems import stem, stems

__all__ = [
    "Match",
    "Readiness",
    "Requirement",
    "Thing",
    "changed",
    "readiness_of",
    "similar",
    "stem",
    "stems",
]
