import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakapa.algorithms.sharing.amounts import CannotShareError
from hakapa.algorithms.sharing.tariffs import (
    SAMBRUK,
    Tier,
    check_tiers,
    part_of_year,
    tier_of,
    two_part_fee,
)
from hakapa.algorithms.sharing.transfer import Stake, smallest_transfer

amounts = st.integers(0, 10**9)
stakes = st.lists(st.tuples(amounts, amounts), min_size=1, max_size=8).map(
    lambda rows: [Stake(f"a{i}", cost, benefit) for i, (cost, benefit) in enumerate(rows)]
)


@given(stakes)
def test_after_the_smallest_transfer_nobody_loses_when_the_gains_suffice(rows):
    answer = smallest_transfer(rows)

    after = [stake.net + answer.transfers[stake.actor] for stake in rows]
    assert sum(answer.transfers.values()) == 0
    assert sum(net for net in after if net < 0) == -answer.missing
    assert answer.missing == max(0, -answer.net)
    assert all(left >= 0 for left, stake in zip(after, rows, strict=True) if stake.net >= 0)


@given(stakes)
def test_no_smaller_transfer_would_do(rows):
    answer = smallest_transfer(rows)

    moved = sum(ore for ore in answer.transfers.values() if ore > 0)
    assert moved == answer.amount
    assert moved + answer.missing == sum(-stake.net for stake in rows if stake.net < 0)


@given(stakes)
def test_costs_by_benefit_add_up_to_the_cost(rows):
    assert sum(smallest_transfer(rows).by_benefit.values()) == sum(stake.cost for stake in rows)


def test_a_project_that_costs_more_than_it_gives_says_what_is_missing():
    answer = smallest_transfer([Stake("a", 1000, 0), Stake("b", 0, 300), Stake("c", 200, 0)])

    assert (answer.amount, answer.missing) == (300, 900)
    assert answer.transfers == {"a": 250, "b": -300, "c": 50}
    assert "9,00\u00a0kr av förlusterna går inte att täcka" in answer.explain("sv")[-2]


def test_nobody_gains_and_nobody_is_asked():
    answer = smallest_transfer([Stake("a", 0, 0)])

    assert answer.outside_payer == 0
    assert answer.explain("en")[1] == "a has SEK\u00a00.00 net and is not touched by the transfer."
    assert answer.by_benefit == {"a": 0}


def test_the_paying_unit_can_be_named():
    rows = [Stake("a", 900, 250), Stake("b", 50, 750)]

    assert smallest_transfer(rows).export()["share_outside_payer"] == 0.75
    assert smallest_transfer(rows, payer="b").outside_payer == 0.25


@pytest.mark.parametrize(
    ("rows", "payer", "reason", "field"),
    [
        ([], None, "names of their own", ("rows",)),
        ([Stake("a", 1, 1), Stake("a", 1, 1)], None, "names of their own", ("rows",)),
        ([Stake("a", 1, 1)], "x", "x pays but is no actor", ("payer",)),
        ([Stake("a", -1, 1)], None, "the cost of a must not be", ("rows", 0)),
        ([Stake("a", 1, 1), Stake("b", 1, -1)], None, "the benefit of b", ("rows", 1)),
        ([Stake("a", 1, 1, "sure")], None, "certainty is one of", ("rows", 0)),
    ],
)
def test_a_table_that_means_nothing_is_refused(rows, payer, reason, field):
    with pytest.raises(CannotShareError, match=reason) as refusal:
        smallest_transfer(rows, payer)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("people", "year"), [(0, 5000), (6999, 5000), (7000, 10_000), (99_999, 50_000), (10**7, 80_000)]
)
def test_a_limit_of_the_price_list_belongs_to_the_next_tier(people, year):
    assert tier_of(people, SAMBRUK).year == year * 100


def test_a_population_above_every_tier_is_refused():
    with pytest.raises(CannotShareError, match="no tier holds a population of 500"):
        tier_of(500, [Tier(100, 1, 1)])


@pytest.mark.parametrize("limits", [[], [10, 10], [20, 10], [None, 10]])
def test_tiers_must_rise(limits):
    with pytest.raises(CannotShareError, match="limits that rise"):
        check_tiers([Tier(below, 1, 1) for below in limits])


def test_a_fixed_and_a_moving_part_make_a_year():
    assert two_part_fee(500_00, 12.5, 10_000) == 21_000_00


def test_a_year_is_charged_from_the_month_of_entry():
    assert [part_of_year(1200, month) for month in (1, 7, 12)] == [1200, 600, 100]
    with pytest.raises(CannotShareError, match="1 to 12"):
        part_of_year(1200, 13)
