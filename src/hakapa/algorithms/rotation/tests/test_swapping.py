import pytest

from hakapa.algorithms.rotation import CannotRotateError, Rule, Swap, explain, swapped
from hakapa.algorithms.rotation.tests.towns import holders, plan


def test_a_swap_exchanges_two_turns_by_consent():
    made = plan(Rule(("chair",)))
    swap = Swap("chair", (1, 3), frozenset({"kalmar", "malmo"}), "election year")

    after = swapped(made, [swap])

    assert holders(after) == ["malmo", "lund", "kalmar", *holders(made)[3:]]
    assert [term.turns[0].place for term in after.planned] == [3, 2, 1, 4, 5, 6]
    assert "Bytt efter överenskommelse: election year." in explain(after)


def test_after_a_swap_each_turn_counts_what_its_holder_held_before():
    made = plan(Rule(("chair",)), 12)
    swap = Swap("chair", (3, 7), frozenset({"kalmar", "malmo"}), "election year")

    after = swapped(made, [swap])

    said = [(turn.holder, turn.before) for term in after.planned for turn in term.turns]
    assert said[:3] == [("kalmar", 0), ("lund", 0), ("kalmar", 1)]
    assert said[6] == ("malmo", 0)
    assert said[8] == ("malmo", 1)


@pytest.mark.parametrize(
    ("swap", "reason"),
    [
        (Swap("chair", (1, 9), frozenset(), "x"), "term 9 is not planned"),
        (Swap("king", (1, 2), frozenset(), "x"), "no seat is called king"),
        (Swap("chair", (1, 2), frozenset({"kalmar"}), "x"), "consent of kalmar and malmo"),
        (Swap("chair", (1, 2), frozenset({"kalmar", "malmo"}), ""), "needs a reason"),
    ],
)
def test_a_swap_that_was_not_agreed_is_refused(swap, reason):
    made = plan(Rule(("chair", "vice")))

    with pytest.raises(CannotRotateError, match=reason):
        swapped(made, [swap])


def test_a_swap_cannot_give_two_seats_of_a_term():
    made = plan(Rule(("chair", "vice")), 6)
    first = made.planned[0]
    later = next(t for t in made.planned if t.holder("chair") == first.holder("vice"))
    agreed = frozenset({first.holder("chair"), later.holder("chair")})

    with pytest.raises(CannotRotateError, match="would hold two seats in term 1"):
        swapped(made, [Swap("chair", (1, later.number), agreed, "x")])
