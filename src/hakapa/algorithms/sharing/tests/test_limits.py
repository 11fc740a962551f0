import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakapa.algorithms.sharing.airport import (
    MOST_EXACT,
    airport,
    airport_shares,
    airport_values,
)
from hakapa.algorithms.sharing.amounts import CannotShareError
from hakapa.algorithms.sharing.core import core_check
from hakapa.algorithms.sharing.games import game_from_function
from hakapa.algorithms.sharing.separable import (
    equal_saving,
    proportional_saving,
    scrb,
    separable_cost_test,
    stand_alone_test,
)
from hakapa.algorithms.sharing.shapley import shapley
from hakapa.algorithms.sharing.tests.worlds import evaluated, game, parties, tables

needs = st.dictionaries(parties, st.integers(0, 10**9), min_size=1, max_size=7)


@given(needs)
def test_the_airport_rule_is_the_shapley_value_of_its_game(wanted):
    costs = game_from_function(wanted, lambda members: max(wanted[p] for p in members))

    answer = airport(wanted)

    assert answer.shares == shapley(costs).shares
    losses = [objection.gap for objection in core_check(costs, answer.shares, 200).objections]
    assert max(losses, default=0) < len(wanted)  # öre, by rounding alone
    assert all(evaluated(figure) == figure.exact for figure in answer.figures)


@given(st.lists(st.integers(0, 10**11), min_size=1, max_size=60))
def test_airport_shares_in_integers_add_up_and_follow_the_closed_form(wanted):
    array = np.array(wanted)

    shares, _ = airport_shares(array)

    assert shares.sum() == max(wanted)
    assert abs(shares - airport_values(array.astype(float))).max() < 1.01
    order = np.lexsort((shares, array))
    assert (np.diff(shares[order]) >= 0).all()


def test_thousands_share_to_the_ore():
    wanted = {f"p{i}": i * 1000 for i in range(MOST_EXACT + 5)}

    answer = airport(wanted)

    assert sum(answer.shares.values()) == answer.total == max(wanted.values())
    assert answer.shares["p0"] == 0


@pytest.mark.parametrize("count", [2, MOST_EXACT + 1])
def test_a_negative_need_is_refused(count):
    with pytest.raises(CannotShareError, match="must not be negative"):
        airport({f"p{i}": -i for i in range(count)})


def test_nobody_and_needs_beyond_a_machine_word_are_refused():
    with pytest.raises(CannotShareError, match="nobody"):
        airport({})
    with pytest.raises(CannotShareError, match="2\\^63"):
        airport({f"p{i}": 10**30 for i in range(MOST_EXACT + 1)})


def test_who_pays_more_than_alone_is_named_with_the_gap():
    check = stand_alone_test({"H": 2100, "K": 319}, {"H": 1708, "K": 1091})

    assert not check.passed
    assert check.broken_by == ("H",)
    assert check.explain("sv")[0] == (
        "H betalar 21,00\u00a0kr, vilket är 3,92\u00a0kr mer än att göra det ensam (17,08\u00a0kr)."
    )
    assert check.explain("en")[1].startswith("K pays SEK\u00a03.19, no more than going alone")


def test_who_pays_less_than_it_brings_is_named():
    check = separable_cost_test({"a": 5, "b": 9}, {"a": 6, "b": 9})

    assert check.export()["broken_by"] == ["a"]
    assert "0,01\u00a0kr mindre än den kostnad" in check.explain()[0]
    assert "minst den kostnad" in check.explain()[1]


def test_a_comparison_needs_the_same_parties_on_both_sides():
    with pytest.raises(CannotShareError, match="b is on one side"):
        stand_alone_test({"a": 1}, {"a": 1, "b": 2})


@given(tables(most=5, of=st.integers(0, 10**6)))
def test_scrb_adds_up_or_says_why_there_is_nothing_to_share_by(table):
    costs = game(table)
    try:
        answer = scrb(costs.total, costs.separable(), costs.alone())
    except CannotShareError:
        assert all(costs.alone()[p] <= own for p, own in costs.separable().items())
        return
    assert sum(answer.shares.values()) == costs.total
    assert all(evaluated(figure) == figure.exact for figure in answer.figures)


def test_scrb_without_remaining_benefit_has_nothing_to_share_by():
    with pytest.raises(CannotShareError, match="nobody has any remaining benefit"):
        scrb(50, {"a": 10, "b": 10}, {"a": 10, "b": 5})


def test_scrb_counts_no_more_benefit_than_the_cost_alone():
    separable, alone = {"a": 10, "b": 10}, {"a": 30, "b": 50}

    assert scrb(80, separable, alone).shares == {"a": 30, "b": 50}
    assert scrb(80, separable, alone, {"b": 30}).shares == {"a": 40, "b": 40}
    assert scrb(20, separable, separable).shares == separable


def test_savings_are_shared_equally_or_in_proportion():
    alone = {"A": 1000, "B": 4000, "C": 8000}

    assert equal_saving(10_500, alone).shares == {"A": 167, "B": 3167, "C": 7166}
    assert proportional_saving(10_500, alone).shares == {"A": 808, "B": 3231, "C": 6461}


def test_savings_need_somebody_with_a_cost():
    with pytest.raises(CannotShareError, match="nobody"):
        equal_saving(10, {})
    with pytest.raises(CannotShareError, match="costs nothing"):
        proportional_saving(10, {"a": 0})


@given(tables(most=4), st.data())
def test_core_membership_is_what_trying_every_coalition_says(table, data):
    costs = game(table)
    paid = [data.draw(st.integers(-(10**6), 10**6)) for _ in costs.parties]
    shares = dict(zip(costs.parties, paid, strict=True))

    check = core_check(costs, shares, most=100)

    worse_off = {
        costs.members(mask)
        for mask in range(1, len(table) - 1)
        if sum(shares[party] for party in costs.members(mask)) > table[mask]
    }
    assert {objection.coalition for objection in check.objections} == worse_off
    assert check.objecting == len(worse_off)
    assert check.passed == (not worse_off and sum(paid) == table[-1])
    gaps = [objection.gap for objection in check.objections]
    assert gaps == sorted(gaps, reverse=True)


def test_the_coalition_that_would_object_is_named():
    check = core_check(game([0, 500, 500, 600]), {"a": 550, "b": 40})

    assert check.explain("en") == [
        (
            "The group a pays SEK\u00a05.50 together but could manage alone for SEK\u00a05.00: "
            "it loses SEK\u00a00.50 by taking part."
        ),
        "The shares add up to SEK\u00a05.90, not to the cost SEK\u00a06.00.",
    ]
    assert check.export()["objections"] == [
        {"coalition": ["a"], "paid": 550, "alone": 500, "gap": 50}
    ]


def test_nobody_objects_in_the_core():
    check = core_check(game([0, 500, 500, 600]), {"a": 300, "b": 300})

    assert check.explain() == ["Ingen grupp av parter tjänar på att lämna samarbetet."]


def test_huge_amounts_are_checked_in_integers():
    wide = game_from_function("ab", lambda members: len(members) * 10**30)

    assert core_check(wide, {"a": 10**30 + 1, "b": 10**30 - 1}).objecting == 1


def test_a_core_check_needs_the_parties_of_the_game():
    with pytest.raises(CannotShareError, match="same parties"):
        core_check(game([0, 1]), {"x": 1})
