from __future__ import annotations

from datetime import date

import pytest

from hakapa.charts.tests.reading import said
from hakapa.charts.words import MONTHS, PHRASES, axis_date, full_date, number, quantity


@pytest.mark.parametrize(
    ("value", "swedish", "english"),
    [
        (0, "0", "0"),
        (1000, "1 000", "1,000"),
        (1234567.5, "1 234 567,5", "1,234,567.5"),
        (-0.25, "\N{MINUS SIGN}0,25", "\N{MINUS SIGN}0.25"),
        (-0.001, "0", "0"),
        (100, "100", "100"),
    ],
)
def test_numbers_are_written_as_readers_write_them(value, swedish, english):
    assert said(number(value, "sv")) == swedish
    assert number(value, "en") == english


def test_units_follow_the_number():
    assert said(quantity(76, "%", "sv")) == "76 %"
    assert quantity(76, "%", "en") == "76%"
    assert said(quantity(4, "of 10", "en")) == "4 of 10"
    assert quantity(3, "", "sv") == "3"


def test_no_number_is_parted_from_its_unit():
    assert " " not in quantity(12_000, "av 18", "sv")


def test_dates_are_as_short_as_their_span_allows():
    first, day, last = date(2026, 1, 5), date(2026, 5, 2), date(2026, 12, 1)
    assert axis_date(day, first=day, last=day, language="sv") == "2 maj"
    assert axis_date(day, first=first, last=last, language="sv") == "maj"
    assert axis_date(day, first=first, last=date(2027, 1, 1), language="en") == "May 2026"
    assert full_date(day, "en") == "2 May 2026"


def test_both_languages_say_everything():
    assert PHRASES["sv"].keys() == PHRASES["en"].keys()
    assert len(MONTHS["sv"]) == len(MONTHS["en"]) == 12
