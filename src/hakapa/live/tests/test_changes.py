import json

import pytest

from hakapa.live import changes
from hakapa.live.changes import NEW, Log, Row, Stage
from hakapa.live.screens import Picture


def told(message: bytes):
    return json.loads(message.decode().split("\ndata: ", 1)[1])


def log_of(*rows):
    log = Log()
    log.add(Row(*row) for row in rows)
    return log


@pytest.mark.parametrize(
    ("number", "missed"),
    [(4, set()), (3, {7}), (2, {7}), (1, {7, 8}), (0, {7, 8})],
)
def test_the_log_knows_which_items_were_announced_after_a_number(number, missed):
    log = log_of((1, "join", None), (2, "note", 8), (3, "join", None), (4, "note", 7))

    assert log.after(number) == missed


def test_a_step_may_have_changed_every_item():
    log = log_of((1, "note", 8), (2, "step", None), (3, "note", 7))

    assert log.after(2) == {7}
    assert log.after(1) is None


@pytest.mark.parametrize("number", [NEW, 1, 2, 8, 10**17])
def test_the_log_does_not_guess_at_what_it_does_not_know(number):
    """It begins at 4 and has heard of 7."""
    log = log_of((4, "note", 1), (5, "note", 2), (6, "note", 3), (7, "note", 4))

    assert log.after(number) is None
    assert log.after(3) == {1, 2, 3, 4}


def test_nothing_has_been_announced_yet():
    assert Log().after(0) == set()
    assert Log().last == 0


def test_one_who_is_new_is_told_everything():
    stage = Stage()
    stage.show(Picture({"clock": "<b>1</b>"}, {7: {"id": 7}}), 5)

    message = stage.after(NEW, Log())

    assert message.startswith(b"id: 5\nevent: room\ndata: {")
    assert message.endswith(b"}\n\n")
    data = told(message)
    assert data.pop("now") > 0
    assert data == {
        "from": 0,
        "to": 5,
        "fragments": {"clock": "<b>1</b>"},
        "items": {"7": {"id": 7}},
        "whole": True,
    }


def test_one_who_stays_is_told_only_what_has_changed():
    stage = Stage()
    stage.show(Picture({"clock": "1", "stage": "a"}, {7: {"id": 7}, 8: {"id": 8}}), 5)
    stage.show(Picture({"clock": "2", "stage": "a"}, {7: {"id": 7}, 9: {"id": 9}}), 6)

    data = told(stage.since(1, 5))

    assert (data["from"], data["to"]) == (5, 6)
    assert data["fragments"] == {"clock": "2"}
    assert data["items"] == {"8": None, "9": {"id": 9}}
    assert "whole" not in data


def test_one_who_is_slow_is_told_the_newest_of_all_that_was_missed():
    stage = Stage()
    for number in range(1, 5):
        stage.show(Picture({"clock": str(number)}, {7: {"text": number}}), number)

    data = told(stage.since(1, 1))

    assert (data["from"], data["to"], data["fragments"]) == (1, 4, {"clock": "4"})
    assert data["items"] == {"7": {"text": 4}}


def test_one_who_comes_back_gets_all_fragments_and_exactly_the_items_announced():
    stage = Stage()
    log = log_of((1, "note", 7), (2, "note", 8), (3, "note", 9), (4, "note", 10))
    stage.show(Picture({"clock": "1"}, {7: {"id": 7}, 8: {"id": 8}, 9: {"id": 9}}), 4)

    data = told(stage.after(2, log))

    assert (data["from"], data["to"], data["fragments"]) == (2, 4, {"clock": "1"})
    assert data["items"] == {"9": {"id": 9}, "10": None}


def test_an_item_that_is_gone_is_not_told_to_one_who_is_new():
    stage = Stage()
    stage.show(Picture({}, {7: {"id": 7}}), 1)
    stage.show(Picture({}, {}), 2)

    assert told(stage.after(NEW, Log()))["items"] == {}


def test_a_picture_that_says_nothing_new_is_no_news():
    stage = Stage()

    assert stage.show(Picture({"clock": "1"}), 5)
    assert not stage.show(Picture({"clock": "1"}), 5)
    assert stage.show(Picture({"clock": "1"}), 6), "the number is news"
    assert stage.show(Picture({"clock": "2"}), 6)


def test_an_empty_picture_is_news_once():
    stage = Stage()

    assert stage.show(Picture(), 0)
    assert not stage.show(Picture(), 0)


def test_a_message_is_written_once_for_all_and_tells_the_time_anew(monkeypatch):
    now = 100.0
    monkeypatch.setattr(changes.time, "monotonic", lambda: now)
    stage = Stage()
    stage.show(Picture({"clock": "1"}), 1)

    first = stage.after(NEW, Log())
    assert stage.after(NEW, Log()) is first
    now += 1
    assert stage.after(NEW, Log()) is not first
