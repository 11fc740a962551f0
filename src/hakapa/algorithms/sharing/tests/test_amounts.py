from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakapa.algorithms.sharing.amounts import (
    CannotShareError,
    exact,
    in_ore,
    kronor,
    largest_remainder,
    nearest_ore,
    not_negative,
    percent,
    shown,
    weighed,
)

fractions = st.fractions(-(10**6), 10**6, max_denominator=1000)


@pytest.mark.parametrize(
    ("number", "read"),
    [
        (3, Fraction(3)),
        (0.1, Fraction(1, 10)),
        (Decimal("0.30"), Fraction(3, 10)),
        (Fraction(1, 3), Fraction(1, 3)),
        (10**400, Fraction(10**400)),
    ],
)
def test_a_number_is_read_as_it_is_printed(number, read):
    assert exact(number) == read


@pytest.mark.parametrize("wrong", [True, "12", None, [1], float("nan"), float("inf")])
def test_what_is_no_number_is_refused(wrong):
    with pytest.raises(CannotShareError, match="number"):
        exact(wrong)


def test_a_negative_weight_is_refused_with_its_value():
    with pytest.raises(CannotShareError, match=r"must not be negative, and is −1\.5"):
        not_negative(-1.5, "the weight")


def test_nobody_and_zero_weights_are_refused():
    with pytest.raises(CannotShareError, match="nobody"):
        weighed({})
    with pytest.raises(CannotShareError, match="zero for everybody"):
        weighed({"a": 0, "b": 0})


def test_amounts_become_whole_ore_in_every_unit():
    assert [in_ore(2.5, unit) for unit in ("SEK", "tSEK", "MSEK")] == [250, 250_000, 250_000_000]
    assert in_ore(7, "ore") == 7


def test_an_amount_finer_than_an_ore_is_refused():
    with pytest.raises(CannotShareError, match="finer than one öre"):
        in_ore(0.001)


def test_an_unknown_unit_is_refused_and_the_field_named():
    with pytest.raises(CannotShareError, match="unknown unit") as refusal:
        in_ore(1, "EUR")
    assert refusal.value.field == ("unit",)


def test_halves_are_rounded_away_from_zero():
    halves = [Fraction(1, 2), Fraction(-1, 2), Fraction(3, 2), Fraction(1, 3)]

    assert [nearest_ore(half) for half in halves] == [1, -1, 2, 0]


@given(st.dictionaries(st.text(max_size=3), fractions, max_size=12))
def test_rounded_amounts_always_add_up_to_the_ore(amounts):
    rounded = largest_remainder(amounts)

    assert sum(rounded.values()) == nearest_ore(sum(amounts.values(), Fraction(0)))


@given(st.dictionaries(st.text(max_size=3), fractions, min_size=1, max_size=12))
def test_rounding_moves_nobody_a_whole_ore_or_more_when_the_sum_is_whole(amounts):
    first = min(amounts)
    amounts[first] -= sum(amounts.values()) % 1

    rounded = largest_remainder(amounts)

    assert all(abs(rounded[party] - amount) < 1 for party, amount in amounts.items())


@given(st.dictionaries(st.text(max_size=3), fractions, max_size=8), st.randoms())
def test_rounding_does_not_depend_on_the_order_of_the_parties(amounts, random):
    shuffled = list(amounts.items())
    random.shuffle(shuffled)

    assert largest_remainder(dict(shuffled)) == largest_remainder(amounts)


def test_an_equal_remainder_goes_to_the_first_name():
    assert largest_remainder(dict.fromkeys("cab", Fraction(1, 3))) == {"a": 1, "b": 0, "c": 0}


@pytest.mark.parametrize(
    ("ore", "sv", "en"),
    [
        (123_456_789, "1\u00a0234\u00a0567,89\u00a0kr", "SEK\u00a01,234,567.89"),
        (-5, "−0,05\u00a0kr", "SEK\u00a0−0.05"),
        (Fraction(1, 2), "0,01\u00a0kr", "SEK\u00a00.01"),
    ],
)
def test_money_is_written_as_people_write_it(ore, sv, en):
    assert (kronor(ore, "sv"), kronor(ore, "en")) == (sv, en)


def test_numbers_and_shares_are_written_without_idle_decimals():
    assert shown(Fraction(25, 2), "sv") == "12,5"
    assert shown(Fraction(-1200), "en") == "−1,200"
    assert shown(Fraction(7, 2), "en", 0) == "4"
    assert (percent(Fraction(1, 8), "sv"), percent(Fraction(1, 8), "en")) == (
        "12,5\u00a0%",
        "12.5%",
    )
