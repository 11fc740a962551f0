from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakapa.algorithms.sharing.amounts import CannotShareError
from hakapa.algorithms.sharing.joining import (
    REFUND_MODES,
    Newcomer,
    Terms,
    found,
    join,
    price_for,
    prices_ahead,
)
from hakapa.algorithms.sharing.tests.worlds import evaluated

FOUNDERS = {"Sundsvall": 99_383, "Umeå": 130_224, "Skellefteå": 72_840}
HALF = Fraction(1, 2)


def newcomer(party="Hudiksvall", weight=37_607, month=18, **more):
    return Newcomer(party, Fraction(weight), month, **more)


@st.composite
def courses(draw):
    terms = Terms(
        draw(st.integers(0, 10**10)),
        draw(st.integers(1, 120)),
        draw(st.sampled_from(REFUND_MODES)),
        draw(st.fractions(0, 1, max_denominator=10)),
    )
    standing = found(terms, {"a": draw(st.integers(1, 10**6)), "b": draw(st.integers(0, 10**6))})
    month = 0
    for party in draw(st.sampled_from(["", "c", "cd", "cdef"])):
        month += draw(st.integers(0, 40))
        weight, rebate = draw(st.integers(0, 10**7)), draw(st.fractions(0, 1, max_denominator=8))
        onboarding = draw(st.integers(0, 10**6))
        standing = join(
            standing, newcomer(party, weight, month, onboarding=onboarding, rebate=rebate)
        )
    return standing


@given(courses())
def test_money_is_neither_made_nor_lost(standing):
    onboardings = sum(joining.newcomer.onboarding for joining in standing.joinings)

    paid = sum(standing.net_paid.values())

    assert paid == standing.terms.investment + onboardings + standing.fund


@given(courses())
def test_nobody_is_refunded_more_than_it_paid(standing):
    assert min(standing.net_paid.values()) >= 0


@given(courses())
def test_a_buy_in_goes_to_members_and_fund_to_the_ore(standing):
    for joining in standing.joinings:
        assert sum(joining.refunds.values()) + joining.to_fund == joining.buy_in.ore
        assert evaluated(joining.buy_in) == joining.buy_in.exact


def test_a_refund_stops_at_what_was_paid_and_the_rest_goes_to_the_fund():
    standing = join(found(Terms(1000, 1000), {"a": 1}), newcomer("b", 10**6, 0))

    late = join(standing, newcomer("c", 10**12, 0))

    assert standing.net_paid == {"a": 0, "b": 1000}
    assert late.net_paid == {"a": 0, "b": 0, "c": 1000}
    small = join(found(Terms(1000, 10), {"a": 1, "b": 0}), newcomer("c", 1, 0))
    assert price_for(small, newcomer("d", 10**9, 0)).refunds == {"a": 500, "b": 0, "c": 500}


def test_a_member_that_has_everything_back_gets_no_more():
    standing = found(Terms(3000, 10), {"a": 1, "b": 2})
    for party in "cdefgh":
        standing = join(standing, newcomer(party, 100, 0, rebate=Fraction(0)))

    last = standing.joinings[-1]

    assert standing.net_paid["a"] >= 0
    assert last.buy_in.ore == sum(last.refunds.values()) + last.to_fund


@pytest.mark.parametrize(("mode", "fund"), [("members", 0), ("fund", 200), ("split", 100)])
def test_the_agreed_part_goes_to_the_fund(mode, fund):
    standing = join(found(Terms(400, 10, mode), {"a": 1}), newcomer("b", 1, 0))

    assert standing.fund == fund
    assert standing.net_paid == {"a": 200 + fund, "b": 200}


def test_the_price_falls_month_by_month_until_only_onboarding_is_left():
    standing = found(Terms(120_000_000, 60), FOUNDERS)

    prices = prices_ahead(standing, newcomer(month=54, onboarding=2_500_000))

    assert list(prices) == [0, 3, 6, 12]
    amounts = [joining.price for joining in prices.values()]
    assert amounts == sorted(amounts, reverse=True)
    assert amounts[-2:] == [2_500_000, 2_500_000]


def test_an_early_rebate_ends_with_the_early_months():
    standing = found(Terms(100_000, 100), {"a": 1})
    early = newcomer("b", 1, 0, rebate=HALF)

    prices = prices_ahead(standing, early, early_months=6)

    rebates = [joining.newcomer.rebate for joining in prices.values()]
    assert rebates == [HALF, HALF, HALF, 0]


def test_a_joining_says_itself_in_both_languages():
    standing = found(Terms(400, 10, "split"), {"a": 1})

    joining = price_for(standing, newcomer("b", 1, 5, onboarding=50))

    assert joining.explain("sv") == [
        (
            "b går med i månad 5: bokfört värde 2,00\u00a0kr, inköp 1,00\u00a0kr plus införande "
            "0,50\u00a0kr, tillsammans 1,50\u00a0kr."
        ),
        "a får tillbaka 0,50\u00a0kr.",
        "0,50\u00a0kr går till den gemensamma fonden.",
    ]
    assert joining.explain("en")[1] == "a gets SEK\u00a00.50 back."
    assert joining.export()["price_ore"] == 150
    assert len(price_for(found(Terms(400, 10), {"a": 1}), newcomer("b", 1, 5)).explain()) == 2


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        ((-1, 10), "investment must not be negative"),
        ((1, 0), "at least one month"),
        ((1, 1, "bank"), "one of members, fund, split"),
        ((1, 1, "split", Fraction(2)), "between 0 and 1"),
    ],
)
def test_terms_that_mean_nothing_are_refused(terms, reason):
    with pytest.raises(CannotShareError, match=reason):
        Terms(*terms)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"weight": -1}, "weight of Hudiksvall must not be negative"),
        ({"month": -1}, "month Hudiksvall joins must not be negative"),
        ({"onboarding": -1}, "onboarding of Hudiksvall"),
        ({"rebate": Fraction(3, 2)}, "rebate of Hudiksvall must lie between"),
    ],
)
def test_a_newcomer_that_means_nothing_is_refused(wrong, reason):
    with pytest.raises(CannotShareError, match=reason):
        newcomer(**wrong)


def test_a_member_cannot_join_again_and_nobody_joins_in_the_past():
    standing = join(found(Terms(100, 10), {"a": 1}), newcomer("b", 1, 5))

    with pytest.raises(CannotShareError, match="b is already a member"):
        join(standing, newcomer("b", 1, 6))
    with pytest.raises(CannotShareError, match="before the last joining in month 5"):
        join(standing, newcomer("c", 1, 4))
