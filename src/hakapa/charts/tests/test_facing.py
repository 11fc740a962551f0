from __future__ import annotations

import pytest

from hakapa.charts.facing import MIDDLE, WIDTH, Actor, facing_bars
from hakapa.charts.svg import text_width
from hakapa.charts.tests.reading import Drawing, said

STREETS, CARE = Actor("Gatunämnden", 900, 250), Actor("Äldrenämnden", 50, 520)


def drawn(*actors: Actor) -> Drawing:
    return Drawing(
        facing_bars(actors, unit="tkr", label="Vem betalar, vem får nyttan", language="sv")
    )


def test_both_sides_are_written_and_told():
    chart = drawn(STREETS, CARE)
    assert {"Gatunämnden", "900 tkr", "250 tkr", "kostar", "får nytta"} <= set(chart.texts)
    assert said(chart.description) == (
        "Gatunämnden: kostar 900 tkr, får nytta för 250 tkr. "
        "Äldrenämnden: kostar 50 tkr, får nytta för 520 tkr."
    )


def test_both_sides_share_one_scale():
    chart = drawn(STREETS, CARE)
    longest = chart.numbers("chart-cost", "width")[0]
    assert chart.numbers("chart-benefit", "width")[1] == pytest.approx(longest * 520 / 900, abs=0.1)


@pytest.mark.parametrize("amount", [1, 1_234_567, 98_765_432_100])
def test_amounts_of_any_length_stay_inside_the_drawing(amount):
    chart = drawn(Actor("Gatunämnden", amount, amount))
    words = text_width(next(each for each in chart.texts if each.endswith("tkr")))
    cost, benefit = (float(each.get("x", "nan")) for each in chart.classed("chart-name")[2:])
    assert cost - words >= 0
    assert benefit + words <= WIDTH


def test_costs_end_and_benefits_begin_at_the_middle():
    chart = drawn(STREETS)
    (x,), (width,) = chart.numbers("chart-cost", "x"), chart.numbers("chart-cost", "width")
    assert x + width == pytest.approx(MIDDLE, abs=0.1)
    assert chart.numbers("chart-benefit", "x") == [MIDDLE]


def test_an_actor_with_nothing_on_either_side_has_two_empty_bars():
    chart = drawn(Actor("Kontaktcenter", 0, 0))
    assert chart.numbers("chart-cost", "width") == [0]


def test_no_actor_is_refused():
    with pytest.raises(ValueError, match="at least one actor"):
        drawn()


@pytest.mark.parametrize("wrong", [-1, float("nan"), float("inf")])
def test_amounts_that_are_negative_or_not_finite_are_refused(wrong):
    with pytest.raises(ValueError, match="not negative"):
        drawn(Actor("Gatunämnden", wrong, 0))
