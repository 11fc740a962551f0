"""Which statement comes next."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from hakapa.algorithms.opinion.mapping import map_opinions
from hakapa.algorithms.opinion.routing import (
    least_certain,
    next_statement,
    polis_priorities,
    uncertainty,
)
from hakapa.algorithms.opinion.tests.rooms import camps

SECTORS = {who: ("kommun", "företag", "akademi")[who % 3 if who < 36 else 0] for who in range(40)}


def room():
    """Two camps with words, sectors and a moderated statement."""
    votes = camps().with_texts({one: f"Påstående <{one}> & mer" for one in range(12)})
    return votes.with_sectors(SECTORS).with_moderated([4])


def test_the_least_known_statement_comes_next():
    counts = np.array([[5, 0, 20, 0], [0, 0, 0, 0], [5, 1, 20, 30]])
    silent = np.zeros(4, np.bool_)
    width = uncertainty(counts)
    assert width.argmax() == 1
    assert next_statement(counts, silent) == 1
    assert next_statement(counts, silent, seen=[1]) == 0
    assert next_statement(counts, np.array([True, True, False, False]), seen=[2]) == 3
    assert next_statement(counts, silent, seen=range(4)) is None


@given(some.floats(0, 1))
def test_draws_reach_every_open_statement_and_no_other(draw_of):
    counts = np.array([[5, 0, 20, 0], [0, 0, 0, 0], [5, 1, 20, 30]])
    assert next_statement(counts, np.zeros(4, np.bool_), [1], draw_of) in {0, 2, 3}


def test_exposure_evens_out_when_everybody_follows_the_routing():
    chance = np.random.default_rng(7)
    counts = np.zeros((3, 10), dtype=np.int64)
    for _ in range(50):
        seen: list[int] = []
        for _ in range(4):
            one = next_statement(counts, np.zeros(10, np.bool_), seen, float(chance.random()))
            assert one is not None
            seen.append(one)
            counts[chance.integers(0, 3), one] += 1
    shown = counts.sum(axis=0)
    assert shown.min() > 0.7 * shown.mean()


def test_least_certain_leaves_out_moderated_statements():
    shown = map_opinions(room())
    assert 4 not in least_certain(shown)
    assert len(least_certain(shown, 3)) == 3


def test_priorities_follow_the_formula():
    counts = np.array([[2], [3], [4]])
    wanted = ((1 - 4 / 11) * 2.5 * (5 / 11) * (1 + 8 * 2 ** (-9 / 5))) ** 2
    assert polis_priorities(counts, np.array([1.5])) == pytest.approx([wanted])
    assert polis_priorities(counts, np.array([1.5]), np.array([True])).tolist() == [49.0]
