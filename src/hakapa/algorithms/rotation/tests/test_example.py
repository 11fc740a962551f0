"""The worked example of docs/explanation/rotation.md."""

from hakapa.algorithms.rotation import Rule, Skip, Swap, swapped
from hakapa.algorithms.rotation.tests.towns import holders, plan

SKIPPED = Skip(1, "kalmar", "reorganisation", "chair")


def test_who_skips_a_term_keeps_its_place():
    made = plan(Rule(("chair",)), 3, [SKIPPED])
    assert holders(made) == ["lund", "kalmar", "malmo"]
    assert made.planned[0].turns[0].passed == (("kalmar", "reorganisation"),)


def test_kalmar_and_malmo_exchange_their_terms():
    made = plan(Rule(("chair",)), 3, [SKIPPED])
    swap = Swap("chair", (2, 3), frozenset({"kalmar", "malmo"}), "budget")
    after = swapped(made, [swap])
    assert holders(after) == ["lund", "malmo", "kalmar"]
    assert [term.turns[0].swapped for term in after.planned] == ["", "budget", "budget"]
