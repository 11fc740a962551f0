import json

import pytest

from hakapa.algorithms.cli import main
from hakapa.algorithms.sharing.tests.worlds import DEMO, needs_demo

BASE = """\
organisations:
- {id: lund, name: Lund, population: 125941, county: Skåne}
- {id: umea, name: Umeå, population: 130224, region: Norr}
- {id: kalmar, population: 70329}
"""
SMALL = BASE + "start: 2026-07-01\nterm_months: 6\ntoday: 2026-08-01\n"


@pytest.fixture
def rotate(tmp_path):
    def run(text, *words):
        path = tmp_path / "seats.yaml"
        path.write_text(text, encoding="utf-8")
        return main(["rotate", str(path), *words])

    return run


def answer(capsys):
    return json.loads(capsys.readouterr().out)["rotations"]


def test_an_order_is_written_as_json(rotate, capsys):
    assert rotate(SMALL) == 0

    (made,) = answer(capsys)
    assert [each["id"] for each in made["order"]] == ["kalmar", "lund", "umea"]
    assert [term["turns"]["chair"]["holder"] for term in made["planned"]] == [
        "kalmar",
        "lund",
        "umea",
    ]
    assert made["planned"][0]["to"] == "2026-12-31"
    assert made["trio"]["next"]["turns"]["chair"]["holder"] == "lund"
    assert made["order"][1]["region"] == "Skåne"


def test_an_order_is_said_in_sentences(rotate, capsys):
    assert rotate(SMALL + "seed: 7\n", "--explain", "sv") == 0
    assert capsys.readouterr().out.startswith("Ordningen är lottad: SHA-256 av frö:id, med fröet 7")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("sv", ("inte haft platsen förut.", "en gång förut.", "2 gånger förut.")),
        ("en", ("not held the seat before.", "the seat once before.", "the seat 2 times before.")),
    ],
)
def test_how_often_a_seat_was_held_is_said_as_people_say_it(rotate, capsys, language, said):
    assert rotate(SMALL + "plan: 9\n", "--explain", language) == 0
    told = capsys.readouterr().out
    assert [told.count(words) for words in said] == [3, 3, 3]


def test_json_and_sentences_can_both_be_had(rotate, capsys, tmp_path):
    target = tmp_path / "order.json"

    assert rotate(SMALL, "--explain", "en", "--json", str(target)) == 0
    assert capsys.readouterr().out.startswith("The order is alphabetical.")
    assert json.loads(target.read_text())["rotations"][0]["held"] == []


def test_an_order_is_computed_again_from_its_own_export(rotate, capsys):
    more = """\
seats: [chair, vice]
method: draw
seed: 3
gap: 0
balance: [region]
pairs: [[chair, vice]]
combined: [[chair, vice]]
plan: 4
members: [lund, umea, kalmar]
skips: [{term: 1, organisation: umea, reason: moving, seat: chair}]
"""
    rotate(SMALL + more)
    first = answer(capsys)

    assert rotate(json.dumps({"rotations": first})) == 0
    assert answer(capsys) == first
    assert "lot" in first[0]["order"][0]


def test_terms_already_held_count_and_the_plan_goes_on_after_them(rotate, capsys):
    held = """\
rotation:
- id: r1
  term_months: 6
  terms:
  - {from: 2025-07-01, to: 2025-12-31, chair: kalmar, state: past}
  - {from: 2026-01-01, to: 2026-06-30, chair: lund, handover_complete: null}
  swaps: [{seat: chair, terms: [3, 4], agreed: [umea, kalmar], reason: election}]
"""
    assert rotate(BASE + "demo_today: 2026-03-16\n" + held) == 0

    (made,) = answer(capsys)
    assert made["planned"][0]["from"] == "2026-07-01"
    assert [term["turns"]["chair"]["holder"] for term in made["planned"]][:2] == ["kalmar", "umea"]
    assert made["trio"]["current"]["number"] == 2
    assert made["trio"]["previous"]["turns"]["chair"]["holder"] == "kalmar"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("- 1\n", 1, "a rotation must be fields with values"),
        ("rotation: 7\n", 1, "rotation must be a list"),
        ("rotation:\n- 7\n", 2, "a rotation must be fields"),
        ("rotations:\n- {id: x}\n", 2, "a rotation must be fields"),
        ("start: 2026-01-01\n", 1, "members and seats"),
        (BASE, 1, "start must be a day"),
        (BASE + "start: soon\n", 5, "start must be a day"),
        (BASE + "start: 9999-01-01\n", 5, "start must be a day"),
        (BASE + "start: 2026-01-01 10:00:00\n", 5, "start must be a day"),
        (SMALL + "term_months: 0\n", 8, "term_months is named twice"),
        (SMALL + "gap: -1\n", 8, "gap must lie between 0 and 1000"),
        (SMALL + "gap: x\n", 8, "gap must be a whole number"),
        (SMALL + "plan: true\n", 8, "plan must be a whole number"),
        (SMALL + "method: fight\n", 8, "method is one of"),
        (SMALL + "method: [a]\n", 8, "method must be a word"),
        (SMALL + "seats: 7\n", 8, "seats must list words"),
        (SMALL + "seats: [a, a]\n", 8, "seats must list each word once"),
        (SMALL + "balance: [age]\n", 8, "balance lists region or size"),
        (SMALL + "pairs: [[chair, king]]\n", 8, "pairs must list pairs of seats"),
        (SMALL + "members: [visby]\n", 8, "visby is no organisation"),
        (SMALL + "skips: 7\n", 8, "skips must list rows"),
        (SMALL + "skips:\n- term: 1\n  organisation: visby\n", 10, "visby is no member"),
        (SMALL + "skips:\n- {term: 1, organisation: lund}\n", 9, "reason must be a word"),
        (SMALL + "swaps:\n- terms: 7\n", 9, "a swap names two terms"),
        (SMALL + "swaps:\n- {seat: x, terms: [1, 2], reason: y}\n", 9, "no seat is called x"),
        ("organisations:\n- {id: a}\n- {id: a}\nstart: 2026-01-01\n", 1, "listed twice"),
        ("organisations:\n- id: a\n  population: -1\n", 3, "population must be a whole number"),
        ("organisations:\n- id: a\n  population: true\n", 3, "population must be a whole number"),
        (BASE + "rotation:\n- start: x\n", 6, "start must be a day"),
        (BASE + "terms:\n- from: 2026-07-01\n  to: 2026-06-30\n", 6, "end after it starts"),
        (BASE + "terms:\n- {from: &d 2026-07-01, to: 2026-12-31}\n- {from: *d, to: 2027-08-01}",
         7, "start after the last"),
        (SMALL.replace("2026-08-01", "x"), 7, "today must be a day"),
    ],
)  # fmt: skip
def test_a_rotation_that_cannot_be_is_one_line_with_file_line_and_reason(
    rotate, capsys, text, line, reason
):
    assert rotate(text) == 2

    said = capsys.readouterr().err
    assert f"seats.yaml:{line}: " in said
    assert reason in said
    assert said.count("\n") == 1


@needs_demo
def test_the_demo_world_goes_on_after_its_four_terms(capsys):
    assert main(["rotate", str(DEMO)]) == 0

    (made,) = answer(capsys)
    assert len(made["held"]) == 4
    assert made["held"][1]["turns"]["chair"]["holder"] == "umea"
    assert made["trio"]["current"]["number"] == 2
    assert made["planned"][0]["from"] == "2027-07-01"
    chairs = [term["turns"]["chair"]["holder"] for term in made["held"] + made["planned"]]
    assert len(set(chairs[:18])) == 18
