"""What compares the phones' log with the database can itself tell when something is wrong."""

import pytest
from bench.room import checking
from bench.room.phone import Log

PEOPLE = {"a": 1, "b": 2}


@pytest.fixture
def log():
    """Two phones: a answered statement 7 twice and both are acknowledged, b is not yet."""
    return Log(
        sent={("a", 7): [(1, 10), (-1, 11)], ("b", 7): [(0, 20)]},
        acknowledged={("a", 7): (-1, 11)},
    )


def wrong(log, *rows):
    found = checking.against(log, PEOPLE, rows)
    return {name: number for name, number in found.items() if number and name != "rows"}


def test_what_was_acknowledged_is_there(log):
    assert wrong(log, (1, 7, -1, 11)) == {}
    assert wrong(log, (1, 7, -1, 11), (2, 7, 0, 20)) == {}, "saved, and the answer was lost"


def test_a_newer_answer_of_the_same_phone_is_no_loss(log):
    log.sent["a", 7].append((0, 12))

    assert wrong(log, (1, 7, 0, 12)) == {}


@pytest.mark.parametrize("rows", [[], [(1, 7, 1, 10)], [(1, 8, -1, 11)]])
def test_what_was_acknowledged_and_is_not_there_is_lost(log, rows):
    assert wrong(log, *rows)["lost"] == 1


def test_a_value_that_was_changed_on_the_way_is_lost_and_made_up(log):
    assert wrong(log, (1, 7, 1, 11)) == {"lost": 1, "made_up": 1}


def test_a_second_row_is_double(log):
    assert wrong(log, (1, 7, -1, 11), (1, 7, -1, 11)) == {"double": 1}


def test_a_row_that_nobody_sent_is_made_up(log):
    assert wrong(log, (1, 7, -1, 11), (2, 9, 1, 20)) == {"made_up": 1}


def test_percentiles_are_of_what_was_measured():
    assert checking.percentiles(range(1, 101)) == {"p50": 51, "p95": 96, "p99": 100}
    assert checking.percentiles([]) == {"p50": None, "p95": None, "p99": None}


def test_a_broadcast_takes_until_each_phone_is_told():
    log = Log(arrivals=[(0, 2, 10.5), (1, 2, 10.75), (2, 4, 11.0)])

    assert checking.broadcasts(log, {2: 10.0, 5: 11.0}) == [500, 750]
