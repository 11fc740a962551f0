"""The compiled count is the plain count, and each kernel, compiled, answers as its plain self."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakapa.algorithms.budgeting import completions, kernels, swift
from hakapa.algorithms.budgeting.completions import complete
from hakapa.algorithms.budgeting.plain import PlainCount
from hakapa.algorithms.budgeting.support import support_of
from hakapa.algorithms.budgeting.swift import SwiftCount
from hakapa.algorithms.budgeting.tests.elections import approve, drawn
from hakapa.algorithms.budgeting.tests.test_rounds import assert_equal, town
from hakapa.algorithms.compiling import Compiled

NAMES = ("find_rate", "tell_payers", "take_money")


def interpreted(patch):
    """Run the kernels as the Python they are written in."""
    for name in NAMES:
        patch.setattr(swift, name, getattr(kernels, name).plain)


def counts(support, raises):
    """Count one election in compiled loops and plainly, at rising endowments."""
    fast = plain = None
    for number in raises:
        endowment, rank = support.endowment + number * support.unit, range(len(support.prices))
        fast = SwiftCount(support, endowment, rank, fast).run()
        plain = PlainCount(support, endowment, rank, plain).run()
        yield fast, plain


@drawn
@given(st.data())
def test_the_compiled_count_is_the_plain_count(data):
    ballots = data.draw(st.lists(st.sets(st.sampled_from("abcdef"), min_size=1), min_size=1))
    costs = {name: data.draw(st.integers(0, 40)) for name in "abcdef"}
    # own ballots for all: only then does every group weigh 1
    votes = sorted({"".join(sorted(names)) for names in ballots})
    support = support_of(
        approve(60, costs, *votes), data.draw(st.sampled_from(["cost", "cardinality"]))
    )
    assert support.simple
    with pytest.MonkeyPatch.context() as patch:
        interpreted(patch)
        for fast, plain in counts(
            support, sorted(data.draw(st.sets(st.integers(0, 60), min_size=1)))
        ):
            assert_equal(fast, plain)


@pytest.mark.parametrize("doubt", [1e-6, 1e-3, 0.05])
def test_a_compiled_count_in_doubt_is_decided_in_fractions(doubt, monkeypatch):
    interpreted(monkeypatch)
    monkeypatch.setattr(kernels, "EPS", doubt)
    support = support_of(town(60, 20, 2), "cost", Fraction(1, 4))
    for fast, plain in counts(support, range(12)):
        assert_equal(fast, plain)


@pytest.mark.parametrize("seed", range(3))
def test_compiled_counts_that_follow_earlier_ones_agree_with_plain_counts(seed):
    support = support_of(town(60, 20, seed), "cost", Fraction(1, 4))
    for fast, plain in counts(support, range(24)):
        assert_equal(fast, plain)


def test_raises_of_a_large_election_are_counted_in_compiled_loops(monkeypatch):
    support = support_of(town(60, 20, 1), "cost")
    before = complete(support, range(20), "add1")
    monkeypatch.setattr(completions, "MANY", 1)
    after = complete(support, range(20), "add1")
    assert isinstance(after.count, SwiftCount)
    assert not isinstance(before.count, SwiftCount)
    assert after.raises == before.raises > 0
    assert (after.count.funded, after.count.history()) == (
        before.count.funded,
        before.count.history(),
    )


DRAW = np.random.default_rng(3)
MONEY, ERROR = DRAW.uniform(0, 9, 40) * (DRAW.random(40) < 0.8), DRAW.uniform(0, 1e-9, 40)
GROUPS = np.sort(DRAW.permutation(40)[:25])
CASES = {
    "rate": ("find_rate", (30.0, 7.0, 1e-9, 0.01, np.inf), 1),
    "above the ceiling": ("find_rate", (30.0, 7.0, 1e-9, 0.01, 0.02), 1),
    "poor": ("find_rate", (900.0, 7.0, 1e-9, 0.01, np.inf), 1),
    "price or money": ("find_rate", (float(MONEY[GROUPS].sum()), 7.0, 1e-3, 0.01, np.inf), 1),
    "a bound nobody can pay": ("find_rate", (30.0, 1.0, 1e-9, 99.0, np.inf), 1),
    "a wide bound": ("find_rate", (30.0, 1.0, 0.9, 0.01, np.inf), 1),
    "payers": ("tell_payers", (2.0, 4.0), 2),
    "taking": ("take_money", (2.0, 1.5, 1e-9, 1e-12), 2),
}


@pytest.mark.parametrize("case", CASES)
def test_a_kernel_answers_the_same_when_compiled(case):
    name, words, arrays = CASES[case]
    kernel: Compiled = getattr(kernels, name)
    answers = []
    for one in (kernel, kernel.plain):
        money, error = MONEY.copy(), ERROR.copy()
        scratch = {"find_rate": [np.zeros(25)], "tell_payers": [np.zeros(25, np.intp)]}.get(
            name, []
        )
        told = one(*(money, error)[:arrays], GROUPS, *words, *scratch)
        answers.append((told or (), money, error))
    assert answers[0][0] == pytest.approx(answers[1][0], rel=1e-12)
    np.testing.assert_allclose(answers[0][1], answers[1][1], rtol=1e-12)
    np.testing.assert_array_equal(answers[0][2], answers[1][2])
