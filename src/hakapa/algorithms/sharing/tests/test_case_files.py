import json
from typing import Any

import pytest
import yaml

from hakapa.algorithms.casefiles import read_case_file
from hakapa.algorithms.errors import BadInputError
from hakapa.algorithms.sharing import command
from hakapa.algorithms.sharing.command import answers
from hakapa.algorithms.sharing.solutions import solve
from hakapa.algorithms.sharing.tests.cases import SMALL


def parts_of(case: Any) -> dict[str, Any]:
    return dict(solve(case).parts)


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
        ("total: 1\nmembers: [[]]\n", 2, "has no population"),
        ("total: 1.0e+300\nweights: {a: 1}\n", 1, "total is larger than anything"),
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
