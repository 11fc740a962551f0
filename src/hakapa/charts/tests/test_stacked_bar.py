from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakapa.charts.stacked_bar import WIDTH, Part, stacked_bar, whole_percents
from hakapa.charts.tests.reading import Drawing, said


def votes(agree: int, disagree: int, passed: int) -> Drawing:
    parts = [
        Part("håller med", agree, "agree"),
        Part("håller inte med", disagree, "disagree"),
        Part("hoppade över", passed, "pass"),
    ]
    return Drawing(stacked_bar(parts, label="Dela först", language="sv"))


def test_the_bar_says_counts_and_shares_in_words():
    bar = votes(1204, 212, 98)
    assert bar.title == "Dela först"
    assert said(bar.description) == (
        "håller med: 1 204, 80 %. håller inte med: 212, 14 %. hoppade över: 98, 6 %."
    )
    assert bar.texts == ["håller med 80 %", "håller inte med 14 %", "hoppade över 6 %"]


def test_pieces_stand_side_by_side_and_fill_the_bar():
    bar = votes(2, 1, 1)
    assert bar.numbers("chart-agree", "x")[0] == 0
    assert bar.numbers("chart-disagree", "x")[0] == WIDTH / 2
    assert bar.numbers("chart-pass", "x")[0] == WIDTH * 3 / 4


def test_a_part_without_votes_is_named_but_not_drawn():
    bar = votes(3, 0, 1)
    assert "håller inte med 0 %" in bar.texts
    assert len(bar.classed("chart-disagree")) == 1


def test_a_single_vote_among_thousands_is_still_seen():
    assert votes(1, 9_999, 0).numbers("chart-agree", "width")[0] > 0


def test_without_votes_an_empty_bar_says_so():
    bar = votes(0, 0, 0)
    assert bar.texts == ["Inga svar ännu"]
    assert len(bar.classed("chart-none")) == 1


def test_no_parts_is_refused():
    with pytest.raises(ValueError, match="at least one part"):
        stacked_bar([], label="", language="sv")


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="negative"):
        votes(1, -1, 0)


counts = st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=8)


@given(counts)
def test_whole_percents_add_up_to_a_hundred(numbers):
    assert sum(whole_percents(numbers)) == (100 if any(numbers) else 0)


@given(counts)
def test_no_share_is_a_whole_percent_wrong(numbers):
    total = sum(numbers) or 1
    for count, percent in zip(numbers, whole_percents(numbers), strict=True):
        assert abs(percent * total - 100 * count) < total
