"""Rotation: seats held by organisations in an order that anybody can compute again."""

from hakapa.algorithms.rotation.orders import METHODS, Organisation, in_order, lot
from hakapa.algorithms.rotation.planning import (
    Calendar,
    CannotRotateError,
    Plan,
    Rule,
    Skip,
    Term,
    Turn,
    plan_terms,
)
from hakapa.algorithms.rotation.reading import plan_of
from hakapa.algorithms.rotation.swapping import Swap, swapped
from hakapa.algorithms.rotation.telling import explain, export

__all__ = [
    "METHODS",
    "Calendar",
    "CannotRotateError",
    "Organisation",
    "Plan",
    "Rule",
    "Skip",
    "Swap",
    "Term",
    "Turn",
    "explain",
    "export",
    "in_order",
    "lot",
    "plan_of",
    "plan_terms",
    "swapped",
]
