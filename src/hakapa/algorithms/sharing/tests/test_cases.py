import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hakapa.algorithms.casefiles import read_case_file
from hakapa.algorithms.errors import BadInputError
from hakapa.algorithms.sharing import command
from hakapa.algorithms.sharing.amounts import CannotShareError
from hakapa.algorithms.sharing.command import answers
from hakapa.algorithms.sharing.solutions import KINDS, recompute, solve
from hakapa.algorithms.sharing.tests.worlds import DEMO, SKANE, needs_demo

PEOPLE = {"sundsvall": 99_383, "umea": 130_224, "orebro": 156_381}
ROWS = [
    {"actor": {"sv": "Gatunämnden", "en": "Streets"}, "cost": 900, "benefit": 250},
    {"actor": "Region", "cost": 0, "benefit": 600, "certainty": "guess"},
    {"actor": {"en": "Care"}, "cost": 50, "benefit": 520},
]
SMALL: dict[str, dict[str, Any]] = {
    "keys": {"total": 1000, "population": PEOPLE, "separable": dict.fromkeys(PEOPLE, 320)},
    "fees": {"tiers": [[100_000, 10, 20], [None, 30, 40]], "population": PEOPLE},
    "joining": {
        "investment": 1200,
        "grants": 200,
        "life_months": 60,
        "founders": ["sundsvall"],
        "population": PEOPLE,
        "refund_mode": "split",
        "fund_part": 0.25,
        "joins": [{"org": "umea", "month": 12, "onboarding": 25, "rebate": 0.1}],
    },
    "airport": {"needs": {"a": 100, "b": 220, "c": 400}},
    "mixed": {"equal_share": 0.3, "weights": {"a": 1, "b": 9}},
    "alone": {"total": 105, "alone": {"A": 10, "B": 40, "C": 80}},
    "game": {"coalitions": {"a": 10, "b": 20, "ab": 25}, "unit": "tSEK"},
    "benefit": {"rows": ROWS, "unit": "tSEK_per_year"},
}


def parts_of(case: Any) -> dict[str, Any]:
    return dict(solve(case).parts)


def shares(case, part):
    return parts_of(case)[part].shares


@pytest.mark.parametrize("kind", [kind for kind, _, _ in KINDS])
def test_each_kind_of_case_is_known_by_its_fields(kind):
    assert solve(SMALL[kind]).kind == kind


@pytest.mark.parametrize("kind", SMALL)
def test_an_answer_is_computed_again_from_its_own_export(kind):
    export = json.loads(json.dumps(solve(SMALL[kind]).export()))

    again = recompute(export)

    assert json.loads(json.dumps(again.export())) == export


@pytest.mark.parametrize("kind", SMALL)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_answer_says_itself(kind, language):
    lines = solve(SMALL[kind]).explain(language)

    assert lines
    assert all(line.endswith((".", ").")) and "{" not in line for line in lines)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 10**6), min_size=1))
def test_every_key_of_a_case_shares_the_whole_total(people):
    parts = parts_of({"total": 1234.56, "population": people})

    assert len(parts) == 5
    assert all(sum(part.shares.values()) == 123_456 for part in parts.values())


def test_a_case_names_the_keys_it_wants():
    case = {
        "total": 100,
        "population": {"a": 1, "b": 3},
        "use": {"a": 1, "b": 1},
        "benefit": {"a": 9, "b": 1},
        "weights": {"a": 3, "b": 2},
        "equal_share": 0.5,
        "tiers": [[2, 0, 10], [None, 0, 90]],
        "keys": ["equal", "mix_40_60", "mixed", "tiers", "use", "benefit", "weights", "custom"],
    }

    answer = {name: part.shares["a"] for name, part in parts_of(case).items()}

    assert answer == {
        "equal": 5000,
        "mix_40_60": 3500,
        "mixed": 3750,
        "tiers": 1000,
        "use": 5000,
        "benefit": 9000,
        "weights": 6000,
        "custom": 6000,
    }


def test_tiers_are_the_published_ones_when_a_case_has_none():
    case = {"total": 85, "population": {"a": 1, "b": 10**6}, "keys": ["tiers"]}

    assert shares(case, "tiers") == {"a": 500, "b": 8000}


def test_equal_needs_only_somebody_to_share_between():
    assert shares({"total": 10, "use": {"a": 5, "b": 7}, "keys": ["equal"]}, "equal") == {
        "a": 500,
        "b": 500,
    }


def test_floors_and_caps_of_a_case_are_kept():
    case = {"total": 100, "weights": {"a": 1, "b": 9}, "floors": {"a": 20}, "caps": {"b": 75}}

    assert shares(case, "weights") == {"a": 2500, "b": 7500}


def test_separable_costs_are_checked_beside_each_key():
    checks = {n: p for n, p in parts_of(SMALL["keys"]).items() if n.endswith("/separable")}

    assert checks["equal/separable"].passed
    assert checks["per_inhabitant/separable"].broken_by == ("sundsvall",)


def test_a_game_is_shared_by_every_method_and_checked_by_each_test():
    case = {
        "coalitions": {"a": 10, "b": 20, "c": 30, "a+b": 25, "a+c": 35, "b + c": 44, "a+b+c": 50},
        "groups": [["a", "b"], ["c"]],
        "proposals": {"asked": {"a": 12, "b": 18, "c": 20}},
    }

    parts = parts_of(case)

    assert {name for name in parts if "/" not in name} == {
        "shapley", "equal_saving", "scrb", "owen", "asked",
        "nucleolus", "nucleolus_per_member", "nucleolus_per_cost",
    }  # fmt: skip
    assert all(p.total == 5000 for name, p in parts.items() if "/" not in name)
    assert parts["asked/alone"].broken_by == ("a",)
    assert parts["asked/core"].objections[0].coalition == ("a", "b")
    assert parts["nucleolus/core"].passed


def test_a_game_where_nothing_remains_or_costs_are_negative_leaves_methods_out():
    nothing_remains = parts_of({"coalitions": {"a": 1, "b": 1, "ab": 5}})
    negative = parts_of({"coalitions": {"a": -1, "b": 1, "ab": 0}})

    assert "scrb" not in nothing_remains
    assert "scrb" in negative
    assert "nucleolus_per_cost" not in negative


def test_a_game_of_many_is_answered_without_linear_programmes(monkeypatch):
    monkeypatch.setattr("hakapa.algorithms.sharing.game_cases.MOST_FOR_NUCLEOLUS", 1)

    assert "nucleolus" not in parts_of(SMALL["game"])


def test_letters_are_parties_unless_the_case_says_otherwise():
    named = {"parties": ["ab", "cd"], "coalitions": {"ab": 1, "cd": 2, "ab+cd": 3}}

    assert shares(named, "shapley") == {"ab": 100, "cd": 200}
    assert shares({"coalitions": SKANE, "unit": "MSEK"}, "shapley")["K"] == pytest.approx(
        661_000_000, abs=2_000_000
    )


def test_scrb_is_offered_when_separable_costs_are_known():
    case = {**SMALL["alone"], "separable": {"A": 5, "B": 20, "C": 60}}

    assert "scrb" not in parts_of(SMALL["alone"])
    assert sum(shares(case, "scrb").values()) == 10_500
    capped = shares({**case, "benefits": {"A": 10, "B": 30, "C": 60}}, "scrb")
    assert capped["C"] == 6000


def test_weights_of_joining_can_be_equal_or_given():
    base = {k: v for k, v in SMALL["joining"].items() if k not in ("joins", "refund_mode")}

    equal = parts_of({**base, "weight": "equal"})["prices"].prices["orebro"]
    given = parts_of({**base, "weights": {"sundsvall": 1, "orebro": 3}})["prices"].prices

    assert equal[0].buy_in.ore == 50_000
    assert given["orebro"][0].buy_in.ore == 75_000
    assert list(given) == ["orebro"]


def test_prices_are_shown_for_everybody_who_has_not_joined():
    prices = solve({**SMALL["joining"], "month": 30, "onboarding": 7}).export()["results"]["prices"]

    assert {p: list(ahead) for p, ahead in prices.items()} == {"orebro": ["0", "3", "6", "12"]}
    assert prices["orebro"]["3"]["month"] == 33
    assert prices["orebro"]["0"]["onboarding_ore"] == 700


def read(tmp_path, text):
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return list(answers(read_case_file(path)))


def test_a_file_may_be_one_case_a_list_or_many_lists(tmp_path):
    one = yaml.safe_dump(SMALL["airport"])
    several = yaml.safe_dump([SMALL["airport"], SMALL["mixed"]])
    world = yaml.safe_dump({"cost_cases": [SMALL["airport"]], "benefit_cases": [SMALL["benefit"]]})

    kinds = [[s.kind for s in read(tmp_path, text)] for text in (one, several, world)]

    assert kinds == [["airport"], ["airport", "mixed"], ["airport", "benefit"]]


def test_members_bring_their_inhabitants_from_the_same_file(tmp_path):
    rows = "organisations: [{id: a, population: 1}, {id: b, population: 3}, {id: c}, 7]\n"

    everybody = read(tmp_path, rows + "cost_cases: [{total: 4, members: all2}]\n")
    nobody_named = read(tmp_path, rows + "cost_cases: [{total: 4}]\n")
    some = read(tmp_path, rows + "cost_cases: [{total: 4, members: [b]}]\n")

    assert parts_of(everybody[0].case)["per_inhabitant"].shares == {"a": 100, "b": 300}
    assert nobody_named[0].case["population"] == {"a": 1, "b": 3}
    assert parts_of(some[0].case)["equal"].shares == {"b": 400}


def test_an_export_is_a_case_file_again(tmp_path):
    first = read(tmp_path, yaml.safe_dump(SMALL["benefit"]))

    again = read(tmp_path, json.dumps({"cases": [s.export() for s in first]}))

    assert [s.export() for s in again] == [s.export() for s in first]


def test_progress_is_told_when_it_takes_long(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "PATIENCE", -1.0)

    read(tmp_path, yaml.safe_dump([SMALL["airport"]] * 2))

    assert capsys.readouterr().err == "case 1 of 2\ncase 2 of 2\n"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "a case must be fields with values"),
        ("- 3\n", 1, "a case must be fields with values"),
        ("cost_cases: []\n", 1, "no case"),
        ("cost_cases:\n- total: 1\n- 7\n", 3, "a case must be fields"),
        ("cost_cases: 7\n", 1, "cost_cases must be a list"),
        ("cases:\n- id: x\n", 2, "a case must be fields"),
        ("cases:\n- 1\n", 2, "a case must be fields"),
        ("cases: []\n", 1, "no case"),
        ("colour: red\n", 1, "no kind of case"),
        ("total: 1\n", 1, "say who shares"),
        ("total: much\nweights: {a: 1}\n", 1, "total must be a number, not 'much'"),
        ("weights: {a: 1}\ntotal: .nan\n", 2, "total must be a finite number"),
        ("weights: {a: 1}\ntotal: 0.001\n", 2, "finer than one öre"),
        ("total: 1\nunit: EUR\nweights: {a: 1}\n", 2, "unknown unit"),
        ("total: 1\nweights: [1]\n", 2, "weights must name at least one party"),
        ("total: 1\nweights:\n  a: 0\n", 2, "weights is zero for everybody"),
        ("total: 1\nweights:\n  a: x\n", 3, "a must be a number"),
        ("total: 1\nweights: {a: 1}\nkeys: [bake]\n", 3, "no key is called bake"),
        ("total: 1\npopulation: {a: 1}\nkeys: [mix_20_20]\n", 3, "no key is called mix_20_20"),
        ("total: 1\nweights: {a: 1}\nkeys: [[]]\n", 3, "keys must list words"),
        ("total: 1\nweights: {a: 1}\nkeys: [equal, equal]\n", 3, "keys must list words, each once"),
        ("total: 1\nweights: {a: 1}\nkeys: 7\n", 3, "keys must be a list"),
        ("total: 1\nmembers: [x]\n", 2, "x has no population"),
        ("organisations: [{id: a, population: 1}]\ncost_cases:\n- total: 1\n  members: all9\n", 4,
         "all9 is not 1 organisations"),
        ("organisations: 5\ncost_cases:\n- total: 1\n  members: all\n", 1, "must be a list"),
        ("tiers: [[1, 2]]\npopulation: {a: 1}\n", 1, "a tier is"),
        ("tiers: [[1, -2, 3]]\npopulation: {a: 1}\n", 1, "a fee must not be negative"),
        ("tiers: [[9, 2, 3], [8, 1, 1]]\npopulation: {a: 1}\n", 1, "limits that rise"),
        ("tiers: [[null, 2, 3]]\n", 1, "population is missing"),
        ("needs:\n  a: 5\n  b: -1\n", 3, "the need of b must not be negative"),
        ("rows:\n- actor: a\n  cost: 1\n  benefit: x\n", 4, "benefit must be a number"),
        ("rows:\n- actor: a\n  cost: 1\n", 2, "benefit is missing"),
        ("rows:\n- cost: 1\n", 2, "actor is missing"),
        ("rows:\n- 7\n", 2, "rows must list fields"),
        ("coalitions: {a: 1, ab: 2}\n", 1, "the cost of b is missing"),
        ("coalitions:\n  a: 1\n  aa: 2\n", 3, "aa names a party twice"),
        ("coalitions:\n  a+b: 1\n  b+a: 2\n", 3, "b.a is priced twice"),
        ("parties: [a]\ncoalitions:\n  a: 1\n  b: 2\n", 4, "b is no party"),
        ("coalitions: {a: 1}\ngroups: [x]\n", 2, "groups must list groups"),
        ("coalitions: {a: 1}\nproposals:\n  p: {b: 1}\n", 3, "p must name every party"),
        ("coalitions: {a: 1}\nproposals:\n  p: {a: x}\n", 3, "a must be a number"),
        ("investment: 1\nlife_months: 0\nfounders: [a]\npopulation: {a: 1}\n", 2, "one month"),
        ("investment: 1\nlife_months: 1.5\nfounders: [a]\npopulation: {a: 1}\n", 2, "whole number"),
        ("investment: 1\nlife_months: 1\nfounders: [b]\npopulation: {a: 1}\n", 3, "b has no"),
        ("investment: 1\nlife_months: 1\nweight: age\nfounders: [a]\npopulation: {a: 1}\n", 3,
         "weight is population or equal"),
        ("investment: 1\nlife_months: 1\nfounders: [a]\npopulation: {a: 1}\njoins:\n- {org: b}\n",
         6, "b has no population"),
        ("investment: 1\nlife_months: 1\nfounders: [a]\nweights: {a: 1}\njoins:\n- month: x\n",
         6, "org is missing"),
        ("investment: 1\nlife_months: 1\nfounders: [a]\nweights: {a: 1}\njoins: [\n{org: a}]\n",
         6, "a is already a member"),
    ],
)  # fmt: skip
def test_a_case_that_cannot_be_answered_is_refused_with_line_and_reason(
    tmp_path, text, line, reason
):
    with pytest.raises(BadInputError, match=reason) as refusal:
        read(tmp_path, text)
    assert refusal.value.line == line


def test_a_case_that_is_asked_for_must_be_there(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text("- {id: x, needs: {a: 1}}\n- {id: y, needs: {a: 2}}\n")

    assert [s.case["id"] for s in answers(read_case_file(path), "y")] == ["y"]
    with pytest.raises(BadInputError, match="no case z"):
        list(answers(read_case_file(path), "z"))


def test_an_export_without_a_case_cannot_be_computed_again():
    with pytest.raises(CannotShareError, match="holds no case"):
        recompute({"results": {}})


@given(st.dictionaries(st.sampled_from(sorted({f for _, fields, _ in KINDS for f in fields})),
                       st.recursive(st.none() | st.integers() | st.floats() | st.text(max_size=3),
                                    lambda inner: st.lists(inner, max_size=3)
                                    | st.dictionaries(st.text(max_size=2), inner, max_size=3),
                                    max_leaves=6)))  # fmt: skip
def test_any_fields_give_an_answer_or_one_clear_reason(case):
    try:
        answer, reason = solve(case).export(), ""
    except CannotShareError as refusal:
        answer, reason = {}, refusal.reason

    assert bool(answer) != bool(reason)


@needs_demo
def test_the_demo_world_is_shared_as_it_expects():
    expected = {case["id"]: case for case in yaml.safe_load(DEMO.read_text())["cost_cases"]}

    solved = {s.case["id"]: s.export()["results"] for s in answers(read_case_file(DEMO))}

    for key, amounts in expected["f1"]["expected"].items():
        for party, amount in amounts.items():
            assert solved["f1"][key]["shares"][party] == pytest.approx(amount, abs=0.5)
    fees = expected["f2"]["expected"]
    assert solved["f2"]["fees"]["entry_sum_ore"] == fees["entry_sum"] * 100
    assert solved["f2"]["fees"]["year_sum_ore"] == fees["year_sum"] * 100
    course = solved["f3"]["course"]
    for name in ("founders_pay", "join_price", "net_paid"):
        for party, amount in expected["f3"]["expected"][name].items():
            assert course[f"{name}_ore"][party] / 100 == pytest.approx(amount, abs=0.5)
    assert course["sum_ore"] == expected["f3"]["expected"]["sum"] * 100
    for party, amount in expected["f4"]["expected"].items():
        assert solved["f4"]["airport"]["shares"][party] == pytest.approx(amount, abs=0.5)
    for party, part in expected["f5"]["expected_percent"].items():
        assert solved["f5"]["mixed"]["percent"][party] == pytest.approx(part, abs=0.0006)


@needs_demo
def test_the_demo_world_shows_the_silo_as_it_expects():
    expected = yaml.safe_load(DEMO.read_text())["benefit_cases"][0]["expected"]

    (case,) = answers(read_case_file(DEMO), "n1")

    found = case.parts["smallest_transfer"].export()
    for name in ("total_cost", "total_benefit", "net", "smallest_transfer"):
        assert found[name] == expected[name] * 100_000
    assert found["losers"] == expected["losers"]
    assert round(found["share_outside_payer"], 3) == expected["share_outside_payer"]
