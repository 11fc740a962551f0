from statistics import NormalDist

import numpy as np
import pytest

from hakapa.algorithms.sharing import sampling
from hakapa.algorithms.sharing.airport import airport_values
from hakapa.algorithms.sharing.amounts import CannotShareError
from hakapa.algorithms.sharing.sampling import joint_bound, sampled_shapley

NEEDS = np.array([100.0, 220, 400, 900, 2500])


def dearest(coalitions):
    return (coalitions * NEEDS).max(axis=1)


@pytest.mark.parametrize("seed", range(5))
def test_the_estimate_lies_within_its_bound_of_the_truth(seed):
    estimate = sampled_shapley(5, dearest, within=20, seed=seed)

    assert estimate.bound <= 20
    assert abs(estimate.values - airport_values(NEEDS)).max() <= estimate.bound


def test_efficiency_estimates_add_up_to_the_cost():
    estimate = sampled_shapley(5, dearest, within=50)

    assert estimate.values.sum() == pytest.approx(NEEDS.max())


def test_the_same_seed_gives_the_same_estimate():
    first, second = (sampled_shapley(5, dearest, within=50, seed=9) for _ in range(2))

    assert (first.values == second.values).all()


def test_a_game_without_chance_needs_the_fewest_orders():
    estimate = sampled_shapley(5, lambda coalitions: coalitions @ NEEDS, within=1)

    assert estimate.values == pytest.approx(NEEDS)
    assert estimate.orders == 2 * sampling.LEAST_PAIRS
    assert estimate.bound < 1e-3


def test_sampling_stops_at_the_most_orders_and_says_what_was_reached(monkeypatch):
    monkeypatch.setattr(sampling, "MOST_PAIRS", 70)

    estimate = sampled_shapley(5, dearest, within=1e-9)

    assert estimate.orders == 140
    assert estimate.bound > 1e-9


def test_the_bound_allows_for_all_parties_together():
    one, alike = joint_bound(np.array([3.0, 0.0]), 0.05), joint_bound(np.full(10, 3.0), 0.05)

    assert one == pytest.approx(3 * NormalDist().inv_cdf(0.975))
    assert alike == pytest.approx(3 * NormalDist().inv_cdf(0.9975))
    assert joint_bound(np.zeros(4), 0.05) == 0


def test_the_bound_is_printed_with_seed_and_confidence():
    estimate = sampled_shapley(5, dearest, within=50, seed=4)

    sv, en = estimate.explain("sv")[0], estimate.explain("en")[0]

    assert "slumpade ordningar (frö 4)" in sv
    assert "95\u00a0% säkerhet" in sv
    assert "with confidence" not in en
    assert en.endswith("for every party with 95% confidence.")


def test_sampled_shares_add_up_to_the_ore():
    estimate = sampled_shapley(5, dearest, within=50)

    answer = estimate.allocation("abcde", 2500)

    assert sum(answer.shares.values()) == 2500
    assert answer.shares["a"] == pytest.approx(20, abs=50)


@pytest.mark.parametrize(
    "wrong", [{"count": 0}, {"within": 0}, {"within": float("nan")}, {"confidence": 1.0}]
)
def test_a_sample_that_means_nothing_is_refused(wrong):
    with pytest.raises(CannotShareError, match="sampling needs"):
        sampled_shapley(**{"count": 5, "cost": dearest, "within": 1.0, **wrong})
