from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakapa.charts.line import BOTTOM, HEIGHT, TOP, WIDTH, line_chart
from hakapa.charts.tests.reading import Drawing, said

MARCH, NOVEMBER = date(2026, 3, 1), date(2026, 11, 20)
NEXT_SPRING = date(2027, 3, 31)
RISE = [(MARCH, 1.0), (date(2026, 6, 1), 2.0), (NOVEMBER, 4.0)]


def drawn(points, **changes) -> Drawing:
    wishes = {
        "baseline": None,
        "target": None,
        "target_date": None,
        "unit": "av 10",
        "label": "Förvaltningar som använder varandras mätdata",
        "language": "sv",
    }
    return Drawing(line_chart(points, **(wishes | changes)))


def test_the_chart_is_an_image_with_a_name_and_the_same_story_in_words():
    chart = drawn(RISE, baseline=1, target=8, target_date=NEXT_SPRING)
    assert chart.root.get("role") == "img"
    assert chart.title == "Förvaltningar som använder varandras mätdata"
    assert said(chart.description) == (
        "Från 1 av 10 den 1 mars 2026 till 4 av 10 den 20 nov 2026. "
        "Målet är 8 av 10 senast 31 mars 2027. Utgångsläget var 1 av 10."
    )
    named, told = (each.get("id") for each in (chart.root[0], chart.root[1]))
    assert chart.root.get("aria-labelledby") == named
    assert chart.root.get("aria-describedby") == told


def test_the_last_value_and_the_target_are_written_out():
    chart = drawn(RISE, target=8, target_date=NEXT_SPRING)
    assert "4 av 10" in chart.texts
    assert "mål 8 av 10" in chart.texts
    assert chart.classed("chart-target")[0].get("stroke-dasharray")


def test_a_target_without_a_date_is_told_without_one():
    assert said(drawn(RISE, target=8).description).endswith("Målet är 8 av 10.")


def test_english_readers_get_english_words():
    chart = drawn([(MARCH, 1234.5)], unit="%", language="en", baseline=2000)
    assert chart.description == "1,234.5% on 1 Mar 2026. The baseline was 2,000%."


def test_no_points_is_refused():
    with pytest.raises(ValueError, match="at least one point"):
        drawn([])


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_numbers_that_are_not_finite_are_refused(wrong):
    with pytest.raises(ValueError, match="finite"):
        drawn([(MARCH, wrong)])
    with pytest.raises(ValueError, match="finite"):
        drawn(RISE, target=wrong)


def test_one_point_is_a_dot_in_the_middle_without_a_line():
    chart = drawn([(MARCH, 3.0)])
    assert chart.numbers("chart-dot", "cx") == [pytest.approx(WIDTH / 2, abs=4)]
    assert not chart.classed("chart-line")
    assert said(chart.description) == "3 av 10 den 1 mars 2026."


def test_equal_values_are_a_level_line():
    chart = drawn([(MARCH, 5.0), (NOVEMBER, 5.0)])
    (path,) = chart.paths("chart-line")
    assert {match[1] for match in re.finditer(r" ([\d.]+)", path)} == {f"{(TOP + BOTTOM) / 2:.1f}"}


def test_points_are_drawn_by_date_whatever_their_order():
    assert drawn(RISE).svg == drawn(RISE[::-1]).svg


def test_negative_values_are_below_and_have_a_true_minus():
    chart = drawn([(MARCH, 2.0), (NOVEMBER, -3.0)], unit="grader", baseline=0)
    assert "\N{MINUS SIGN}3 grader" in chart.texts
    assert chart.numbers("chart-dot", "cy") == [BOTTOM]


def test_a_baseline_at_the_foot_is_the_axis_and_needs_no_line_of_its_own():
    assert not drawn(RISE, baseline=1).classed("chart-baseline")
    assert drawn(RISE, baseline=2).classed("chart-baseline")


def test_the_baseline_gives_way_to_a_target_at_the_same_place():
    texts = drawn(RISE, baseline=8, target=8).texts
    assert "mål 8 av 10" in texts
    assert "utgångsläge 8 av 10" not in texts


def test_short_spans_name_days_and_long_ones_years():
    assert {"1 mars", "20 mars"} <= set(drawn([(MARCH, 1), (date(2026, 3, 20), 2)]).texts)
    assert {"mars", "nov"} <= set(drawn(RISE).texts)
    assert "mars 2027" in drawn(RISE, target=8, target_date=NEXT_SPRING).texts


def test_day_names_that_would_cover_one_another_are_left_out():
    late = [(MARCH, 1.0), (date(2026, 11, 1), 2.0)]
    assert "1 nov" not in " ".join(drawn(late, target_date=NOVEMBER, target=3).texts)
    assert len(drawn(late, target_date=NOVEMBER, target=3).classed("chart-day")) == 2


def test_a_steep_end_at_the_right_edge_still_gets_its_value():
    zigzag = [(MARCH + timedelta(days=day), float(day % 2)) for day in range(60)]
    chart = drawn(zigzag, unit="")
    (x,), (y,) = chart.numbers("chart-value", "x"), chart.numbers("chart-value", "y")
    assert 0 <= x <= WIDTH
    assert 0 <= y <= HEIGHT


def test_a_long_series_is_thinned_but_keeps_its_peak():
    calm = [(date(2000, 1, 1) + timedelta(days=day), 1.0) for day in range(9_000)]
    calm[4_321] = (calm[4_321][0], 99.0)
    chart = drawn(calm)
    (path,) = chart.paths("chart-line")
    assert path.count("L") < 4 * WIDTH
    assert f" {TOP:.1f}" in path


def test_labels_cannot_smuggle_markup():
    chart = drawn(RISE, label="<script>&", unit='"><b>')
    assert chart.title == "<script>&"
    assert "<b>" not in chart.svg


def test_nothing_is_styled_inside_the_drawing():
    assert "style" not in drawn(RISE, baseline=1, target=8, target_date=NEXT_SPRING).svg


dates = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1))
values = st.floats(allow_nan=False, allow_infinity=False)


@given(
    points=st.lists(st.tuples(dates, values), min_size=1, max_size=30),
    baseline=st.none() | values,
    target=st.none() | values,
    target_date=st.none() | dates,
)
def test_whatever_is_measured_stays_inside_the_drawing(points, baseline, target, target_date):
    chart = drawn(points, baseline=baseline, target=target, target_date=target_date)
    for css in ("chart-line", "chart-target", "chart-baseline"):
        for path in chart.paths(css):
            for across, down in re.findall(r"[ML]([-\d.]+) ([-\d.]+)", path):
                assert 0 <= float(across) <= WIDTH
                assert TOP <= float(down) <= BOTTOM
    assert 0 <= chart.numbers("chart-dot", "cx")[0] <= WIDTH
    assert TOP <= chart.numbers("chart-dot", "cy")[0] <= BOTTOM
