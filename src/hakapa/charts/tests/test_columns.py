import pytest

from hakapa.charts.columns import BOTTOM, TOP, WIDTH, Series, columns
from hakapa.charts.tests.reading import Drawing, said

PROMISED, KEPT = Series("Lovade", "sea", (2, 4)), Series("Hållna", "moss", (0, 1))


def drawn(*series, periods=("2026 K1", "2026 K2")):
    return Drawing(columns(periods, series, label="Löften", language="sv"))


def test_each_period_says_its_counts_in_words():
    chart = drawn(PROMISED, KEPT)
    assert chart.title == "Löften"
    assert said(chart.description) == ("2026 K1: Lovade 2, Hållna 0. 2026 K2: Lovade 4, Hållna 1.")


def test_columns_are_as_high_as_their_counts_and_nothing_is_no_column():
    chart = drawn(PROMISED, KEPT)
    heights = chart.numbers("chart-sea", "height")
    assert heights[:2] == [(BOTTOM - TOP) / 2, BOTTOM - TOP]
    assert len(chart.classed("chart-moss")) == 2  # a column, and the square before its name


def test_the_highest_has_its_count_written_once():
    chart = drawn(Series("Lovade", "sea", (4, 4)))
    assert chart.texts.count("4") == 1


def test_the_first_and_the_last_period_are_named():
    assert {"2026 K1", "2026 K2"} <= set(drawn(PROMISED).texts)
    assert drawn(Series("Lovade", "sea", (1,)), periods=["2026 K1"]).texts.count("2026 K1") == 1


def test_quarters_without_anything_are_drawn_as_an_axis():
    chart = drawn(Series("Lovade", "sea", (0, 0)))
    assert len(chart.classed("chart-sea")) == 1
    assert len(chart.classed("chart-axis")) == 1


def test_long_names_take_another_line():
    names = [Series(f"Ett ganska långt namn {n}", "sun", (1, 1)) for n in range(4)]
    chart = drawn(*names)
    assert max(chart.numbers("chart-name", "x")) < WIDTH
    assert len(set(chart.numbers("chart-name", "y"))) > 1


@pytest.mark.parametrize(
    ("periods", "series"),
    [([], [PROMISED]), (["2026 K1"], []), (["2026 K1"], [PROMISED]),
     (["2026 K1"], [Series("Lovade", "sea", (-1,))])],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(periods, series):
    with pytest.raises(ValueError, match=r"columns need|every period"):
        columns(periods, series, label="", language="sv")
