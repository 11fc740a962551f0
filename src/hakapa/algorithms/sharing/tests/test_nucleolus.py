from fractions import Fraction
from types import SimpleNamespace

import coopgame
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakapa.algorithms.sharing import nucleolus as module
from hakapa.algorithms.sharing.amounts import CannotShareError
from hakapa.algorithms.sharing.core import core_check
from hakapa.algorithms.sharing.elimination import Span, solve_exactly
from hakapa.algorithms.sharing.games import coalition_sums, membership
from hakapa.algorithms.sharing.nucleolus import (
    least_saving,
    nucleolus,
    nucleolus_exact,
    nucleolus_of,
)
from hakapa.algorithms.sharing.separable import scrb
from hakapa.algorithms.sharing.shapley import shapley
from hakapa.algorithms.sharing.tests.worlds import game, tables


@pytest.mark.parametrize("seed", range(40))
def test_random_games_have_the_nucleolus_that_coopgame_finds(seed):
    draw = np.random.default_rng(seed)
    count = int(draw.integers(2, 8))
    table = draw.integers(0, 1000, 2**count)
    if seed % 2:
        table = (np.bitwise_count(np.arange(2**count)) ** 0.7 * draw.uniform(60, 100)).astype(int)
        table += draw.integers(0, 20, 2**count)
    table[0] = 0
    theirs = coopgame.Game(-table[1:].astype(float))
    within = table[1 << np.arange(count)].sum() >= table[-1]
    solved = coopgame.nucleolus(theirs) if within else coopgame.prenucleolus(theirs)

    found = nucleolus_of(table)

    assert found.within_alone == within
    assert found.payments == pytest.approx(-np.array(solved["allocation"]), abs=1e-6)
    exact = [float(value) for value in nucleolus_exact(table, found)]
    assert exact == pytest.approx(list(found.payments), abs=1e-6)


@given(tables(most=4, of=st.integers(0, 200)))
def test_no_other_sharing_makes_the_least_content_coalition_more_content(table):
    answer = nucleolus_of(table)
    savings = np.sort((table - coalition_sums(answer.payments))[1:-1])
    draw = np.random.default_rng(7)
    count = len(answer.payments)
    if not len(savings):
        assert answer.payments == pytest.approx([table[-1]])
        return
    for _ in range(20):
        shift = draw.normal(size=count)
        other = answer.payments + shift - shift.mean()
        alone = table[1 << np.arange(count)]
        if answer.within_alone and (other > alone + 1e-9).any():
            continue
        rival = np.sort((table - coalition_sums(other))[1:-1])
        differs = np.flatnonzero(abs(savings - rival) > 1e-6)
        assert not len(differs) or savings[differs[0]] > rival[differs[0]]


@given(st.lists(st.integers(1, 500), min_size=1, max_size=5))
def test_it_lies_in_the_core_when_there_is_one(needs):
    masks = np.arange(2 ** len(needs))
    inside = masks[:, None] >> np.arange(len(needs)) & 1
    airport = game(np.where(inside, np.array(needs) * 100, 0).max(axis=1))

    answer = nucleolus(airport)

    assert core_check(airport, answer.shares).passed
    assert least_saving(airport) >= -1e-6


def test_a_game_without_a_core_has_a_negative_least_saving():
    costs = game([0, 10, 10, 10, 10, 10, 10, 30])

    assert least_saving(costs) == pytest.approx(-10)
    assert not core_check(costs, nucleolus(costs).shares).passed


def test_one_party_pays_the_cost_and_leaves_nothing_to_settle():
    assert nucleolus(game([0, 700])).shares == {"a": 700}
    assert least_saving(game([0, 700])) == 0


def test_a_game_that_costs_nothing_is_shared_as_nothing():
    assert nucleolus(game([0, 0, 0, 0])).shares == {"a": 0, "b": 0}


def test_who_would_pay_more_than_alone_is_held_at_that():
    answer = nucleolus(game([0, 0, 100, 20, 100, 120, 200, 200]))

    assert answer.shares["a"] <= 0
    assert sum(answer.shares.values()) == 200


@pytest.mark.parametrize(("per", "table"), [("krona", [0, 1, 1, 1]), ("cost", [0, 1, 0, 1])])
def test_a_measure_that_means_nothing_is_refused(per, table):
    with pytest.raises(CannotShareError, match="per coalition, member or"):
        nucleolus_of(np.array(table), per)


def test_a_programme_without_an_answer_is_refused(monkeypatch):
    failed = SimpleNamespace(x=None, message="no")
    monkeypatch.setattr(module, "linprog", lambda *_, **__: failed)

    with pytest.raises(CannotShareError, match="gave no answer: no"):
        nucleolus_of(np.array([0, 1, 1, 1]))


def test_a_programme_without_prices_is_refused(monkeypatch):
    def unpriced(*_, A_ub, **__):  # noqa: N803
        return SimpleNamespace(
            x=np.array([0.5, 0.5, 0.5]),
            ineqlin=SimpleNamespace(marginals=np.zeros(len(A_ub))),
            upper=SimpleNamespace(marginals=np.zeros(3)),
        )

    monkeypatch.setattr(module, "linprog", unpriced)

    with pytest.raises(CannotShareError, match="settle nothing"):
        nucleolus_of(np.array([0, 1, 1, 1]))


@given(st.lists(st.integers(1, 31), max_size=6))
def test_a_span_holds_what_elimination_says_it_holds(masks):
    span = Span(5)
    bits = membership(5)
    for mask in masks:
        before = span.holds_all(bits)[mask]
        assert span.add(mask) is not bool(before)
    rank = np.linalg.matrix_rank(bits[masks]) if masks else 0
    assert span.full == (rank == 5)


def test_equations_without_one_answer_are_refused():
    near, one, two = np.array([1.0]), Fraction(1), Fraction(2)

    assert solve_exactly([[one, one]], 1, near, 0.1) == [1]
    for rows in ([[one, one], [one, two]], [[0 * one, one]], [[one, 5 * one]], [[one, one, one]]):
        with pytest.raises(CannotShareError, match="disagree"):
            solve_exactly(rows, 1, near, 0.1)


def test_the_three_methods_share_the_worked_example_of_the_page():
    page = game([0, 60_000, 80_000, 100_000, 100_000, 130_000, 140_000, 150_000])

    answers = [
        scrb(page.total, page.separable(), page.alone()),
        shapley(page),
        nucleolus(page),
    ]

    assert [list(answer.shares.values()) for answer in answers] == [
        [31_875, 46_250, 71_875],
        [31_667, 46_667, 71_666],
        [33_334, 43_333, 73_333],
    ]
    assert all(core_check(page, answer.shares).passed for answer in answers)
