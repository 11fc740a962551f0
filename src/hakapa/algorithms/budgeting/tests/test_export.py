import json
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hakapa.algorithms.budgeting.export import amount, exact, exported, recomputed
from hakapa.algorithms.budgeting.pabulib import parse_pb
from hakapa.algorithms.budgeting.result import RULES, Terms, fund
from hakapa.algorithms.budgeting.tests.elections import approve, drawn, elections, utilities
from hakapa.algorithms.budgeting.tests.test_pabulib import GOOD


@drawn
@given(st.data())
def test_a_result_can_be_counted_again_from_its_own_export(data):
    election = data.draw(elections())
    terms = Terms(
        rule=data.draw(st.sampled_from(RULES)),
        utility=data.draw(st.sampled_from(utilities(election))),
        completion=data.draw(st.sampled_from(["none", "add1u", "add1-exhaustive"])),
        ties=data.draw(st.sampled_from(["cheapest", "lot"])),
        seed=data.draw(st.integers(0, 3)),
        step=Fraction(10**6, 3),
    )
    out = exported(fund(election, terms))
    again = recomputed(json.loads(json.dumps(out)))
    assert exported(again) == out


def test_the_export_holds_what_was_agreed():
    election = parse_pb(GOOD.replace("vote_type", "currency;SEK\nvote_type"))
    result = fund(election, Terms(completion="utilitarian"))
    out = exported(result)
    keys = ["winners", "cost", "budget", "utility", "completion", "voters", "projects"]
    assert [out[key] for key in keys[:-1]] == [["1", "2"], 700.5, 1000, "cost", "utilitarian", 4]
    assert [project["id"] for project in out["projects"]] == ["1", "2", "7"]
    assert "payments" not in out
    assert exported(recomputed(out)) == out


def test_payments_are_there_on_request_and_sum_to_the_costs():
    result = fund(approve(100, {"a": 60, "b": 20}, "ab", "ab", "a", "a", ""))
    payments = exported(result, payments=True)["payments"]
    assert payments[0] == {"voter": "v1", "endowment": 20, "paid": {"a": 15}, "left": 5}
    assert sum(payment["paid"].get("a", 0) for payment in payments) == 60


def test_amounts_are_rounded_to_the_hundredth_and_exact_ones_are_not():
    assert (amount(Fraction(5)), amount(Fraction(1, 3))) == (5, 0.33)
    assert (exact(Fraction(5)), exact(Fraction(1, 3))) == (5, "1/3")
