"""The worked examples of docs/explanation/cost-sharing.md."""

import pytest

from hakapa.algorithms.sharing.solutions import solve

TOWNS = {"sundsvall": 99_383, "umea": 130_224, "katrineholm": 34_765}
FOUNDERS = {"sundsvall": 99_383, "umea": 130_224, "skelleftea": 72_840, "hudiksvall": 37_607}
COALITIONS = {"A": 600, "B": 800, "C": 1000, "AB": 1000, "AC": 1300, "BC": 1400, "ABC": 1500}


def shares(case, part):
    return list(solve(case).parts[part].shares.values())


def test_a_fifth_equally_and_the_rest_per_inhabitant():
    case = {"total": 1800, "keys": ["mix_20_80"], "population": TOWNS}
    assert shares(case, "mix_20_80") == [66_133, 82_931, 30_936]
    exact = solve(case).parts["mix_20_80"].figures[2].exact
    assert float(exact) == pytest.approx(30_936.04, abs=0.005)


@pytest.mark.parametrize(
    ("part", "ore"),
    [
        ("scrb", [31_875, 46_250, 71_875]),
        ("shapley", [31_667, 46_667, 71_666]),
        ("nucleolus", [33_334, 43_333, 73_333]),
    ],
)
def test_three_parties_by_the_costs_of_every_coalition(part, ore):
    parts = solve({"coalitions": COALITIONS}).parts
    assert list(parts[part].shares.values()) == ore
    assert parts[f"{part}/core"].passed


def test_steps_of_need_and_equal_or_proportional_saving():
    needs = {"a": 100_000, "b": 220_000, "c": 400_000}
    assert shares({"needs": needs}, "airport") == [3_333_334, 9_333_333, 27_333_333]
    alone = {"alone": {"A": 10, "B": 40, "C": 80}, "total": 105}
    assert shares(alone, "equal_saving") == [167, 3167, 7166]
    assert shares(alone, "proportional_saving") == [808, 3231, 6461]


def test_joining_in_month_18():
    case = {
        "investment": 1_200_000,
        "life_months": 60,
        "founders": ["sundsvall", "umea", "skelleftea"],
        "population": FOUNDERS,
        "joins": [{"org": "hudiksvall", "month": 18, "onboarding": 25_000, "rebate": 0}],
    }
    told = " ".join(solve(case).explain("en")).replace("\u00a0", " ")
    for amount in ("394,315.70", "516,681.60", "289,002.70", "840,000.00", "92,896.66"):
        assert f"SEK {amount}" in told
    for amount in ("117,896.66", "30,525.51", "39,998.33", "22,372.82"):
        assert f"SEK {amount}" in told
