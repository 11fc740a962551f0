"""Small cases of every kind."""

from typing import Any

PEOPLE = {"sundsvall": 99_383, "umea": 130_224, "orebro": 156_381}
ROWS = [
    {"actor": {"sv": "Gatunämnden", "en": "Streets"}, "cost": 900, "benefit": 250},
    {"actor": "Region", "cost": 0, "benefit": 600, "certainty": "guess"},
    {"actor": {"en": "Care"}, "cost": 50, "benefit": 520},
]
SMALL: dict[str, dict[str, Any]] = {
    "keys": {"total": 1000, "population": PEOPLE, "separable": dict.fromkeys(PEOPLE, 320)},
    "fees": {"tiers": [[100_000, 10, 20], [None, 30, 40]], "population": PEOPLE},
    "joining": {
        "investment": 1200,
        "grants": 200,
        "life_months": 60,
        "founders": ["sundsvall"],
        "population": PEOPLE,
        "refund_mode": "split",
        "fund_part": 0.25,
        "joins": [{"org": "umea", "month": 12, "onboarding": 25, "rebate": 0.1}],
    },
    "airport": {"needs": {"a": 100, "b": 220, "c": 400}},
    "mixed": {"equal_share": 0.3, "weights": {"a": 1, "b": 9}},
    "alone": {"total": 105, "alone": {"A": 10, "B": 40, "C": 80}},
    "game": {"coalitions": {"a": 10, "b": 20, "ab": 25}, "unit": "tSEK"},
    "benefit": {"rows": ROWS, "unit": "tSEK_per_year"},
}
