import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hakapa.algorithms.budgeting.plain import PlainCount
from hakapa.algorithms.budgeting.rounds import Count
from hakapa.algorithms.budgeting.support import support_of
from hakapa.algorithms.budgeting.tests.elections import approve, elections, utilities


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


@settings(max_examples=300)
@given(st.data())
def test_the_fast_count_is_the_plain_count(data):
    election = data.draw(elections())
    utility = data.draw(st.sampled_from(utilities(election)))
    rank = data.draw(st.permutations(range(len(election.projects))))
    support = support_of(election, utility)
    raises = sorted(data.draw(st.lists(st.integers(0, 60), min_size=2, max_size=4)))
    fast = plain = None
    for number in raises:
        endowment = support.endowment + number * support.unit
        fast = Count(support, endowment, rank, fast).run()
        plain = PlainCount(support, endowment, rank, plain).run()
        assert fast.funded == plain.funded
        assert fast.history() == plain.history()
        assert list(map(set, fast.ties)) == list(map(set, plain.ties))
        assert fast.same_path == plain.same_path
        for project in range(len(rank)):
            assert fast.money_of(project) == plain.money_of(project)


@settings(max_examples=100)
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
