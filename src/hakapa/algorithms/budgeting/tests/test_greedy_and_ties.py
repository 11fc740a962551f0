from fractions import Fraction

import pytest

from hakapa.algorithms.budgeting.election import Project, Vote, hold
from hakapa.algorithms.budgeting.result import Terms, fund
from hakapa.algorithms.budgeting.tests.elections import approve
from hakapa.algorithms.budgeting.ties import tie_ranks


def test_most_votes_first_skips_what_does_not_fit():
    election = approve(10, {"a": 7, "b": 5, "c": 3}, "abc", "ab", "a")
    result = fund(election, Terms(rule="greedy-votes"))
    assert result.winners == ("a", "c")
    assert result.raises == 0


def test_most_utility_per_cost_first_prefers_the_cheap_when_projects_count_alike():
    election = approve(10, {"a": 8, "b": 3, "c": 0}, "abc", "ab", "a", "a")
    rule = "greedy-cost-effectiveness"
    assert fund(election, Terms(rule=rule, utility="cardinality")).winners == ("c", "b")
    assert fund(election, Terms(rule=rule, utility="cost")).winners == ("c", "a")


def ranked(rule, seed=0):
    costs = {"10": 5, "9": 5, "x": 5, "2": 4, "3": 5}
    projects = [Project(name, Fraction(cost)) for name, cost in costs.items()]
    votes = [Vote("v", ("3", "x")), Vote("w", ("2", "x")), Vote("u", ("3",))]
    election = hold(10, projects, votes)
    places = tie_ranks(election, (0, 0, 2, 1, 2), rule, seed)
    return [projects[number].id for number in sorted(range(5), key=places.__getitem__)]


@pytest.mark.parametrize(
    ("rule", "order"),
    [
        ("cheapest", ["2", "3", "x", "9", "10"]),
        ("votes", ["3", "x", "2", "9", "10"]),
        ("name", ["10", "2", "3", "9", "x"]),
        ("file", ["10", "9", "x", "2", "3"]),
    ],
)
def test_ties_are_broken_as_the_rule_says(rule, order):
    assert ranked(rule) == order


def test_a_lot_decides_among_equals_only_and_can_be_drawn_again():
    drawn = {tuple(ranked("lot", seed)) for seed in range(20)}
    assert {order[0] for order in drawn} == {"2"}
    assert {frozenset(order[1:3]) for order in drawn} == {frozenset({"3", "x"})}
    assert len(drawn) == 4
    assert ranked("lot", 5) == ranked("lot", 5)


def test_a_tie_is_reported_and_settled_by_the_rule():
    election = approve(10, {"b": 6, "a": 6}, "ab", "ab")
    assert fund(election, Terms(ties="file")).winners == ("b",)
    assert fund(election, Terms(ties="name")).winners == ("a",)
    assert fund(election).ties == ((0, 1),)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rule": "best"},
        {"utility": "joy"},
        {"completion": "add2"},
        {"ties": "luck"},
        {"step": Fraction(0)},
    ],
)
def test_terms_that_mean_nothing_are_refused(wrong):
    with pytest.raises(ValueError, match=r"unknown|above 0"):
        Terms(**wrong)
