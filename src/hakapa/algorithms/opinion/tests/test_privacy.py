"""What is kept back."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from hakapa.algorithms.opinion.division import divide
from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.privacy import shown_answers, shown_groups


def test_groups_under_the_floor_and_those_that_give_them_away_are_not_shown():
    assert shown_groups((9, 5), 14, 5).tolist() == [True, True]
    assert shown_groups((9, 4), 13, 5).tolist() == [False, False]
    assert shown_groups((30, 9, 4), 43, 5).tolist() == [True, False, False]
    assert shown_groups((30, 9, 4), 50, 5).tolist() == [True, True, False]
    assert shown_groups((), 0, 5).tolist() == []


@given(some.integers(0, 10**6), some.integers(0, 6))
@settings(max_examples=60, deadline=None)
def test_no_number_under_the_floor_can_be_seen_or_subtracted(seed, floor):
    chance = np.random.default_rng(seed)
    counts = chance.integers(0, 6, (3, 3, 5))
    alone = chance.integers(0, 3, (3, 5))
    sizes = {name: int(chance.integers(0, 12)) for name in "ABC"}
    people = sum(sizes.values()) + int(chance.integers(0, 4))
    division = divide("sectors", sizes, counts, np.zeros(5, np.bool_), Method())
    total = counts.sum(axis=0) + alone
    shown = shown_answers(division, total, people, floor)
    trials = counts.sum(axis=1)
    assert (trials[shown] >= floor).all()
    left = total.sum(axis=0) - np.where(shown, trials, 0).sum(axis=0)
    assert not (shown.any(axis=0) & (left > 0) & (left < floor)).any()
    seen = shown_groups(division.sizes, people, floor)
    assert not shown[~seen].any()
