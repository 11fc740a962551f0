import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hakapa.algorithms.casefiles import read_case_file
from hakapa.algorithms.sharing.amounts import CannotShareError
from hakapa.algorithms.sharing.command import answers
from hakapa.algorithms.sharing.solutions import KINDS, recompute, solve
from hakapa.algorithms.sharing.tests.cases import SMALL
from hakapa.algorithms.sharing.tests.worlds import DEMO, SKANE, needs_demo


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
