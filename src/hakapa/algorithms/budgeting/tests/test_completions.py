from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakapa.algorithms.budgeting.completions import complete, one_count
from hakapa.algorithms.budgeting.election import hold
from hakapa.algorithms.budgeting.plain import PlainCount
from hakapa.algorithms.budgeting.result import Terms, fund
from hakapa.algorithms.budgeting.rounds import Count
from hakapa.algorithms.budgeting.support import support_of
from hakapa.algorithms.budgeting.tests.elections import approve, drawn, elections, utilities


def one_by_one(support, rank, *, exhaustive, most=400):
    """Add1 as its definition reads: every raise is counted in fractions."""
    kept, raises = None, 0
    while raises <= most:
        endowment = support.endowment + raises * support.unit
        funded = PlainCount(support, endowment, rank).run().funded
        if support.cost_of(funded) > support.budget:
            return kept
        kept, missing = funded, set(support.supported()) - set(funded)
        left = support.budget - support.cost_of(funded)
        fits = any(support.costs[c] <= left for c in missing)
        if not missing or (exhaustive and not fits):
            return kept
        raises += 1
    return None


@drawn
@given(st.data())
def test_leaping_over_raises_gives_what_counting_them_one_by_one_gives(data):
    election = data.draw(elections())
    most = max((project.cost for project in election.projects), default=Fraction(1))
    step = max(Fraction(1, 3), most / 20)
    support = support_of(election, data.draw(st.sampled_from(utilities(election))), step)
    rank = data.draw(st.permutations(range(len(election.projects))))
    for completion in ("add1", "add1-exhaustive"):
        expected = one_by_one(support, rank, exhaustive=completion == "add1-exhaustive")
        done = complete(support, rank, completion)
        if expected is not None:
            assert done.count.funded == expected


def test_add1_goes_on_after_the_first_outcome_that_nothing_can_be_added_to():
    # with 27 each a and c are funded and b no longer fits; with 30 each b would be funded too
    election = approve(100, {"a": 50, "b": 60, "c": 20}, "ac", "ac", "a", "b", "b")
    plain, exhaustive = (
        fund(election, Terms(completion=name)) for name in ("add1", "add1-exhaustive")
    )
    assert plain.winners == exhaustive.winners == ("a", "c")
    assert (plain.ended, exhaustive.ended) == ("overspent", "exhausted")
    assert (plain.raises, exhaustive.raises) == (9, 7)
    assert set(plain.next_funded) == {0, 1, 2}


def test_add1_ends_when_everything_supported_is_funded():
    result = fund(approve(100, {"a": 30, "b": 20}, "a", "", ""), Terms(completion="add1"))
    assert result.winners == ("a",)
    assert result.ended == "all"


def test_a_large_budget_of_few_voters_is_counted_in_leaps():
    election = approve(10**12, {"a": 9 * 10**11, "b": 4 * 10**11, "c": 10**11}, "ab", "bc", "c")
    calls: list[int] = []
    result = fund(election, Terms(completion="add1"), calls.append)
    support = result.support
    over = support.endowment + (result.raises + 1) * support.unit
    assert result.raises > 10**9
    assert len(calls) < 500
    assert result.ended == "overspent"
    assert PlainCount(support, over, [2, 1, 0]).run().funded == list(result.next_funded)


def test_figures_too_large_for_floats_are_counted_in_fractions():
    huge = 10**400
    election = approve(huge, {"a": huge // 2, "b": huge // 3, "c": huge // 4}, "ab", "a", "bc")
    support = support_of(election, "cost")
    assert isinstance(one_count(support, support.endowment, [0, 1], None), PlainCount)
    result = fund(election, Terms(completion="add1"))
    costs = {"a": 6 * 10**6, "b": 4 * 10**6, "c": 3 * 10**6}
    small = fund(approve(12 * 10**6, costs, "ab", "a", "bc"), Terms(completion="add1"))
    assert result.winners == small.winners == ("b", "a")
    assert result.ended == small.ended == "overspent"
    assert result.money_left(0) > 0


def test_a_count_that_outgrows_floats_goes_on_in_fractions():
    support = support_of(approve(10, {"a": 4, "b": 9}, "ab", "b"), "cost")
    fast = one_count(support, support.endowment, [0, 1], None)
    slow = one_count(support, support.endowment * 10**260, [0, 1], fast)
    assert isinstance(fast, Count)
    assert isinstance(slow, PlainCount)
    assert not slow.run().same_path


def test_utilitarian_fills_up_with_what_most_want_per_cost():
    costs = {"a": 60, "b": 30, "c": 11, "d": 2}
    ballots = ("a", "a", "a", "b", "b", "c", "", "", "", "")
    result = fund(approve(100, costs, *ballots), Terms(completion="utilitarian"))
    assert result.funded == ()
    assert result.winners == ("a", "b")
    assert result.added == (0, 1)


def test_add1u_fills_up_after_add1():
    costs = {"a": 60, "b": 70, "c": 40}
    ballots = ("a", "a", "a", "b", "b", "c", "")
    add1 = fund(approve(100, costs, *ballots), Terms(completion="add1"))
    add1u = fund(approve(100, costs, *ballots), Terms(completion="add1u"))
    assert add1.winners == ("a",)
    assert add1u.winners == ("a", "c")
    assert add1u.raises == add1.raises


@drawn
@given(elections(), st.sampled_from(["add1", "add1u"]))
def test_voters_in_any_order_decide_the_same(election, completion):
    order = range(len(election.voter_ids) - 1, -1, -1)
    turned = replace(
        election,
        ballot_of=election.ballot_of[::-1],
        voter_ids=election.voter_ids[::-1],
        weights=None if election.weights is None else tuple(election.weights[v] for v in order),
    )
    terms = Terms(completion=completion, step=Fraction(10**5))
    assert fund(election, terms).winners == fund(turned, terms).winners


def test_an_election_without_voters_or_supporters_funds_nothing():
    for election in (approve(10, {"a": 1}), approve(10, {"a": 1}, "", ""), hold(10, (), ())):
        for completion in ("none", "add1", "add1-exhaustive", "add1u", "utilitarian"):
            result = fund(election, Terms(completion=completion))
            assert result.winners == ()
            assert result.exclusion_ratio in {0, 1}


@pytest.mark.parametrize("completion", ["none", "add1", "add1u", "utilitarian"])
def test_what_costs_nothing_is_funded_when_somebody_wants_it(completion):
    election = approve(10, {"a": 0, "b": 0, "c": 10}, "ac", "c")
    assert fund(election, Terms(completion=completion)).winners == ("a", "c")
