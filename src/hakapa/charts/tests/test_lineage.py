import pytest

from hakapa.charts.lineage import COLUMN, LEFT, ROW, Step, lineage
from hakapa.charts.tests.reading import Drawing

STEPS = [
    Step("c", "Halka", 0),
    Step("l", "Labbet", 1, ("c",)),
    Step("p", "Mät på tio ställen", 2, ("l", "borta"), tone="sea", is_here=True),
]


def drawn(*steps):
    return Drawing(lineage(steps, label="Härkomst"))


def test_every_step_says_what_it_comes_from():
    assert drawn(*STEPS).description == "Halka. Halka → Labbet. Labbet → Mät på tio ställen."


def test_steps_stand_on_rows_of_their_own_indented_by_stage():
    chart = drawn(*STEPS)
    dots = list(chart.root.iter("circle"))
    assert [float(dot.get("cy")) for dot in dots] == [ROW * 0.5, ROW * 1.5, ROW * 2.5]
    assert [float(dot.get("cx")) for dot in dots] == [LEFT, LEFT + COLUMN, LEFT + 2 * COLUMN]


def test_a_way_leads_from_each_origin_that_is_drawn():
    assert len(drawn(*STEPS).classed("chart-way")) == 2


def test_a_way_may_bend_back():
    back = drawn(Step("a", "Sent", 3), Step("b", "Tidigt", 1, ("a",)))
    [way] = back.classed("chart-way")
    assert " -10.0 10.0H29.0" in way.get("d")


def test_where_the_reader_is_stands_out():
    chart = drawn(*STEPS)
    assert [words.text for words in chart.classed("chart-name chart-here")] == [STEPS[2].words]
    assert chart.numbers("chart-step chart-sea", "r") == [8]


def test_long_words_are_cut_with_an_ellipsis_and_told_whole():
    long = "Ett inlägg som är mycket längre än vad som ryms på en rad i en ritning"
    chart = drawn(Step("a", long, 5))
    assert chart.texts[0].endswith("…")
    assert long in chart.description


@pytest.mark.parametrize("steps", [[], [STEPS[0], STEPS[0]]])
def test_what_cannot_be_drawn_is_refused(steps):
    with pytest.raises(ValueError, match="key of its own"):
        lineage(steps, label="")
