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
from hakapa.algorithms.rotation.swapping import Swap, swapped

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
    "in_order",
    "lot",
    "plan_terms",
    "swapped",
]
