import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from hakapa.algorithms.opinion.consensus import consensus_of, in_every_group
from hakapa.algorithms.opinion.division import bridges_of, divides_of
from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.representative import representative_of
from hakapa.algorithms.opinion.significance import (
    difference_interval,
    difference_test,
    interval,
    share,
    share_test,
    two_sided_z,
)

METHOD = Method()


def counts_of(*groups):
    """Counts (G, 3, S) from (disagree, pass, agree) per group and statement."""
    return np.array([list(zip(*group, strict=True)) for group in groups], dtype=np.int64)


def spoken(counts):
    """No statement is moderated."""
    return np.zeros(counts.shape[-1], np.bool_)


def test_shares_and_tests_are_those_of_polis():
    assert share(np.array(10), np.array(10)) == pytest.approx(11 / 12)
    assert share_test(np.array(10), np.array(10)) == pytest.approx(3.3166247903554)
    z = difference_test(np.array(5), np.array(9), np.array(1), np.array(9))
    pooled = 8 / 20
    assert z == pytest.approx((0.6 - 0.2) / np.sqrt(pooled * (1 - pooled) * 0.2))
    assert difference_test(np.array(3), np.array(3), np.array(4), np.array(4)) == 0


def test_wilson_intervals_are_as_published():
    # Newcombe 1998, Statistics in Medicine 17: 857-872, table I: 81/263 and 0/20
    low, high = interval(np.array([81, 0]), np.array([263, 20]), two_sided_z(0.95))
    np.testing.assert_allclose(low, [0.2553, 0.0], atol=5e-5)
    np.testing.assert_allclose(high, [0.3662, 0.1611], atol=5e-5)


def test_newcombe_intervals_are_as_published():
    # Newcombe 1998, Statistics in Medicine 17: 873-890, table II, method 10: 56/70 - 48/80
    low, high = difference_interval(
        (np.array(56), np.array(70)), (np.array(48), np.array(80)), two_sided_z(0.95)
    )
    np.testing.assert_allclose([low, high], [0.0524, 0.3339], atol=5e-5)


@given(some.integers(0, 50), some.integers(0, 50))
def test_an_interval_holds_the_share_and_lies_between_none_and_all(yes, no):
    low, high = interval(np.array(yes), np.array(yes + no), 1.96)
    part = yes / (yes + no) if yes + no else 0.5
    assert 0 <= low <= part + 1e-12
    assert part - 1e-12 <= high <= 1
    if yes + no == 0:
        assert low == 0
        assert high == 1


def test_consensus_is_what_a_clear_majority_answers():
    counts = counts_of([(0, 1, 30), (28, 1, 2), (15, 0, 16), (0, 30, 1), (0, 0, 30)])[0]
    silent = np.array([False, False, False, False, True])
    agreed, rejected = consensus_of(counts, silent, METHOD)
    assert [one.statement for one in agreed] == [0]
    assert [one.statement for one in rejected] == [1]
    assert (rejected[0].success, rejected[0].trials) == (28, 31)


def test_consensus_names_at_most_five_and_the_first_of_equals():
    counts = counts_of([(0, 0, 20)] * 8)[0]
    agreed, _ = consensus_of(counts, spoken(counts), METHOD)
    assert [one.statement for one in agreed] == [0, 1, 2, 3, 4]


def test_consensus_in_every_group_is_a_product():
    counts = counts_of([(0, 0, 8)], [(3, 0, 5)])
    agree, disagree = in_every_group(counts)
    assert agree == pytest.approx([0.9 * 0.6])
    assert disagree == pytest.approx([0.1 * 0.4])
    assert in_every_group(counts[:0])[0].tolist() == [1.0]


def test_what_sets_groups_apart_represents_them():
    counts = counts_of(
        [(1, 0, 20), (20, 0, 1), (0, 0, 20)],
        [(20, 0, 1), (1, 0, 20), (0, 0, 20)],
    )
    first, second = representative_of(counts, spoken(counts), METHOD)
    assert [(one.statement, one.answer) for one in first] == [(0, "agree"), (1, "disagree")]
    assert [(one.statement, one.answer) for one in second] == [(1, "agree"), (0, "disagree")]
    assert first[0].best_agree
    assert not first[1].best_agree


def test_moderated_statements_represent_nobody():
    counts = counts_of([(0, 0, 20), (20, 0, 1)], [(20, 0, 0), (1, 0, 20)])
    for chosen in representative_of(counts, np.array([True, False]), METHOD):
        assert all(one.statement == 1 for one in chosen)
    assert representative_of(counts, np.array([True, True]), METHOD) == ((), ())


def test_a_group_nothing_sets_apart_has_its_best_agreement():
    counts = counts_of([(0, 0, 20), (0, 0, 9)], [(0, 0, 20), (0, 0, 9)])
    first, _ = representative_of(counts, spoken(counts), METHOD)
    assert [(one.statement, one.best_agree) for one in first] == [(0, True)]


def test_a_group_that_agrees_with_nothing_has_what_sets_it_most_apart():
    counts = counts_of([(2, 9, 0), (1, 9, 0)], [(1, 9, 1), (2, 9, 0)])
    first, _ = representative_of(counts, spoken(counts), METHOD)
    assert len(first) == 1
    assert not first[0].best_agree


def test_a_statement_more_agreed_here_gives_way_only_to_a_stronger_one():
    counts = counts_of(
        [(0, 0, 0), (1, 0, 9), (0, 0, 20), (0, 0, 30)],
        [(0, 0, 0), (9, 0, 9), (20, 0, 2), (0, 0, 30)],
    )
    first, _ = representative_of(counts, spoken(counts), METHOD)
    assert [one.statement for one in first if one.best_agree] == [2]


def test_bridges_need_more_than_half_surely_in_every_group():
    counts = counts_of(
        [(1, 0, 40), (40, 0, 0), (0, 0, 40), (10, 0, 30)],
        [(0, 0, 30), (30, 0, 1), (0, 0, 0), (15, 0, 15)],
    )
    found = bridges_of(counts, spoken(counts), METHOD)
    assert [(one.statement, one.answer, one.weakest) for one in found] == [
        (0, "agree", 0),
        (1, "disagree", 1),
    ]
    assert found[0].share == pytest.approx(40 / 41)
    assert found[0].low < found[0].share < found[0].high
    assert bridges_of(counts[:0], spoken(counts), METHOD) == ()


def test_a_bridge_few_have_seen_does_not_come_first():
    counts = counts_of([(0, 0, 6), (2, 0, 60)], [(0, 0, 6), (2, 0, 60)])
    found = bridges_of(counts, spoken(counts), METHOD)
    assert [one.statement for one in found] == [1, 0]


def test_divides_are_gaps_that_are_surely_there():
    counts = counts_of(
        [(0, 0, 40), (20, 0, 20), (0, 0, 2)],
        [(40, 0, 0), (18, 0, 22), (2, 0, 0)],
        [(20, 0, 20), (0, 0, 0), (0, 0, 0)],
    )
    found = divides_of(counts, spoken(counts), METHOD)
    assert [(one.statement, one.most, one.least) for one in found] == [(0, 0, 1)]
    assert found[0].gap == 1
    assert 0 < found[0].low < found[0].gap <= found[0].high


def test_it_takes_two_groups_that_voted_to_divide():
    counts = counts_of([(0, 0, 40)], [(0, 0, 0)])
    assert divides_of(counts, spoken(counts), METHOD) == ()
    assert divides_of(counts[:1], spoken(counts), METHOD) == ()
    assert divides_of(counts_of([(0, 0, 40)], [(40, 0, 0)]), np.array([True]), METHOD) == ()
