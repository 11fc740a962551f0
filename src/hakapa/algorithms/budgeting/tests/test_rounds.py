from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hakapa.algorithms.budgeting import rounds
from hakapa.algorithms.budgeting.election import Project, Vote, hold
from hakapa.algorithms.budgeting.exact import settled
from hakapa.algorithms.budgeting.plain import PlainCount
from hakapa.algorithms.budgeting.rounds import Count
from hakapa.algorithms.budgeting.support import support_of
from hakapa.algorithms.budgeting.tests.elections import approve, drawn, elections, utilities


def counted(election, utility="cost"):
    support = support_of(election, utility)
    return Count(support, support.endowment, range(len(election.projects))).run()


@pytest.mark.parametrize(("voters", "cost"), [(10, 1), (6586, 1_000_000), (3, 10**40)])
def test_what_all_want_is_funded_even_if_it_takes_the_last_coin(voters, cost):
    assert counted(approve(cost, {"a": cost}, *["a"] * voters)).funded == [0]


def test_the_project_with_the_smallest_rate_is_funded_first():
    # everyone has 3; b asks 1 of each of three, a then 2 of each of two; c's only voter has 2 left
    count = counted(approve(9, {"a": 4, "b": 3, "c": 3}, "ab", "ab", "bc"), "cardinality")
    rates = [(project, rate / count.support.fineness) for project, rate in count.history()]
    assert rates == [(1, 1), (0, 2)]


def test_those_who_cannot_pay_in_full_pay_all_they_have():
    # everyone has 4; a takes 2 of v1 and v2; of b's 7 they pay their last 2 + 2, v3 pays 3
    count = counted(approve(12, {"a": 4, "b": 7}, "ab", "ab", "b"), "cardinality")
    rates = [(project, rate / count.support.fineness) for project, rate in count.history()]
    assert rates == [(0, 2), (1, 3)]


def test_a_twin_that_stays_behind_does_not_leave_the_path():
    # a's twin has a's lower rate too, at every endowment between; the order keeps it behind
    support = support_of(approve(53, {"a": 32, "b": 32, "c": 2}, "abc", "ab", ""), "cardinality")
    rank = range(3)
    for kind in (Count, PlainCount):
        before = kind(support, support.endowment, rank).run()
        after = kind(support, support.endowment + support.unit, rank, before).run()
        assert before.funded == after.funded == [2, 0]
        assert after.history()[1][1] < before.history()[1][1]
        assert after.same_path


def both(data, **drawn_from):
    """Count the same election fast and plainly, at rising endowments."""
    election = data.draw(elections(**drawn_from))
    utility = data.draw(st.sampled_from(utilities(election)))
    rank = data.draw(st.permutations(range(len(election.projects))))
    support = support_of(election, utility)
    fast = plain = None
    for number in sorted(data.draw(st.lists(st.integers(0, 60), min_size=2, max_size=4))):
        endowment = support.endowment + number * support.unit
        fast = Count(support, endowment, rank, fast).run()
        plain = PlainCount(support, endowment, rank, plain).run()
        yield fast, plain


def assert_equal(fast, plain):
    assert fast.funded == plain.funded
    assert fast.history() == plain.history()
    assert fast.ties == plain.ties
    assert fast.same_path == plain.same_path
    for project in range(len(fast.rank)):
        assert fast.money_of(project) == plain.money_of(project)


@settings(drawn, max_examples=150)
@given(st.data())
def test_the_fast_count_is_the_plain_count(data):
    for fast, plain in both(data):
        assert_equal(fast, plain)


@pytest.mark.parametrize(
    ("name", "value"), [("SUM_EPS", 0.02), ("SUM_EPS", 1e-5), ("DULL", 0.0), ("DULL", 1e-15)]
)
@drawn
@given(st.data())
def test_the_outcome_does_not_depend_on_how_well_floats_can_tell(name, value, data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rounds, name, value)
        for fast, plain in both(data):
            assert_equal(fast, plain)


@drawn
@given(st.data())
def test_no_raise_between_two_counts_on_the_same_path_changes_the_outcome(data):
    election = data.draw(elections())
    support = support_of(election, data.draw(st.sampled_from(utilities(election))))
    rank = data.draw(st.permutations(range(len(election.projects))))
    low, high = sorted(data.draw(st.tuples(st.integers(0, 30), st.integers(0, 30))))
    before = Count(support, support.endowment + low * support.unit, rank).run()
    after = Count(support, support.endowment + high * support.unit, rank, before).run()
    if after.same_path:
        for number in range(low, high):
            endowment = support.endowment + number * support.unit
            assert PlainCount(support, endowment, rank).run().funded == after.funded


def town(voters, projects, seed):
    """Draw an election large enough for counts to help each other."""
    draw = Random(seed)  # noqa: S311 - drawn elections must be the same each time
    names = [f"p{number}" for number in range(projects)]
    items = [Project(name, Fraction(draw.randint(20, 400))) for name in names]
    votes = [
        Vote(f"v{number}", tuple(draw.sample(names, draw.randint(1, 6))))
        for number in range(voters)
    ]
    return hold(2500, items, votes)


@pytest.mark.parametrize("seed", range(3))
def test_counts_that_follow_earlier_ones_agree_with_plain_counts(seed):
    support = support_of(town(60, 20, seed), "cost", Fraction(1, 4))
    fast = plain = None
    for number in range(24):
        endowment = support.endowment + number * support.unit
        fast = Count(support, endowment, range(20), fast).run()
        plain = PlainCount(support, endowment, range(20), plain).run()
        assert_equal(fast, plain)


def test_a_count_gives_up_where_the_path_is_left():
    support = support_of(town(60, 20, 1), "cost")
    kinds: tuple[Any, ...] = (Count, PlainCount)
    for kind in kinds:
        guide = kind(support, support.endowment, range(20)).run()
        whole = kind(support, 2 * support.endowment, range(20), guide).run()
        part = kind(support, 2 * support.endowment, range(20), guide).run(give_up=True)
        assert not whole.same_path
        assert not part.same_path
        assert len(part.funded) < len(whole.funded)


def test_a_bound_that_no_supporter_can_pay_is_left_to_fractions():
    support = support_of(approve(10, {"a": 4}, "a", "a"), "cost")
    backing = Count(support, support.endowment, [0]).backings[0]
    assert backing.rate(np.array([5.0, 5.0]), 0.0, 100.0, 100.0) is None


def test_a_bound_wider_than_what_supporters_have_is_left_to_fractions():
    support = support_of(approve(10, {"a": 4}, "a", "a"), "cardinality")
    backing = Count(support, support.endowment, [0]).backings[0]
    assert backing.rate(np.array([5.0, 5.0]), 0.0, 1.0, np.inf) is not None
    assert backing.rate(np.array([5.0, 5.0]), 10.0, 1.0, np.inf) is None


@pytest.mark.parametrize(
    ("left", "share"), [(2, 1), (5, 4), (6, 5), (7, None), (Fraction(1, 3), Fraction(1, 6))]
)
def test_the_poorest_pay_all_they_have_before_the_share_is_settled(left, share):
    assert settled(Fraction(left), 2, [Fraction(5), Fraction(1)], [1, 1]) == share
