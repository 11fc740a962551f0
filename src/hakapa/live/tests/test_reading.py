import json

import pytest

from hakapa.live import reading
from hakapa.live.intake import Answer
from hakapa.live.reading import MalformedError

BALLOTS = {"stance": {-1, 0, 1}, "dots": range(9)}
GOOD = {"ballot": "stance", "statement": 17, "value": -1, "sequence": 1790000000123}


def read(*rows):
    return reading.answers(json.dumps({"answers": rows}).encode(), BALLOTS)


def test_answers_are_read_in_their_order():
    dots = {"ballot": "dots", "statement": 2, "value": 8, "sequence": 0}

    assert read(GOOD, dots) == (
        Answer("stance", 17, -1, 1790000000123),
        Answer("dots", 2, 8, 0),
    )


def test_an_answer_may_be_of_a_phase():
    assert read(GOOD | {"phase": 3}) == (Answer("stance", 17, -1, 1790000000123, 3),)


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": 2},
        {"value": True},
        {"value": 1.0},
        {"value": 1e9},
        {"value": "1"},
        {"value": "１"},
        {"value": None},
        {"value": [1]},
        {"value": -(10**30)},
        {"statement": -1},
        {"statement": "17"},
        {"statement": 2**63},
        {"statement": {}},
        {"sequence": -1},
        {"sequence": 2**63},
        {"sequence": 0.5},
        {"ballot": "opinion"},
        {"ballot": 1},
        {"ballot": ["stance"]},
        {"participant": 1},
        {"phase": -1},
        {"phase": "3"},
        {"phase": None},
    ],
)
def test_an_answer_is_as_agreed_or_nothing(wrong):
    with pytest.raises(MalformedError):
        read(GOOD | wrong)


def test_the_largest_numbers_of_the_database_are_numbers():
    assert read(GOOD | {"statement": 2**63 - 1, "sequence": 2**63 - 1})


@pytest.mark.parametrize("name", GOOD)
def test_an_answer_says_everything(name):
    with pytest.raises(MalformedError):
        read({key: value for key, value in GOOD.items() if key != name})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"answers",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b'{"answers": {}}',
        b'{"answers": []}',
        b'{"answers": [1]}',
        b'{"answers": [NaN]}',
        b'{"answers": ' + 9000 * b"[" + 9000 * b"]" + b"}",
        b'{"answers": [' + 5000 * b"9" + b"]}",
        json.dumps({"answers": 51 * [GOOD]}).encode(),
    ],
)
def test_a_body_is_as_agreed_or_nothing(body):
    with pytest.raises(MalformedError):
        reading.answers(body, BALLOTS)


def test_fifty_answers_may_come_at_once():
    assert len(read(*50 * [GOOD])) == 50
    assert len(json.dumps({"answers": 50 * [GOOD]})) < reading.MOST_BYTES


@pytest.mark.parametrize("text", ["", "a b", "é", "a" * 65, "a\x00", "';--"])
def test_what_cannot_be_a_seat_is_none(text):
    assert reading.seat(text) == ""


def test_a_seat_is_its_token():
    assert reading.seat("aZ09-_" * 5) == "aZ09-_" * 5
