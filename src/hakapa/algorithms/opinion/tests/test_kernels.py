"""Each kernel, compiled, answers as its plain self."""

from typing import Any

import numpy as np
import pytest

from hakapa.algorithms.compiling import compile_kernel
from hakapa.algorithms.opinion import clustering, kernels, matrices, plain_rows
from hakapa.algorithms.opinion.votes import Votes

DRAW = np.random.default_rng(5)
VOTES = Votes.from_columns(
    DRAW.integers(0, 12, 90), DRAW.integers(0, 7, 90), DRAW.integers(-1, 2, 90), moderated=[2]
)
ROWS = VOTES.starts, VOTES.columns, VOTES.values
POINTS, WEIGHTS = DRAW.normal(size=(30, 2)), DRAW.integers(1, 4, 30).astype(float)
WAYS = DRAW.integers(0, 3, (2, 30)).astype(np.int8)
SQUARE = WAYS[:, :7].T @ WAYS[:, :7]
FAR = np.array([[0.0, 0.0], [99.0, 99.0]])
TABLE = b"a,b\n12,x,-3\r\n\n\r\n0,,7\n5,6,0"
IDS = DRAW.integers(3, 9, 20)


def raw():
    """Votes in the order cast, some of them repeated, and rows made of them by hand."""
    who, what = np.repeat(np.arange(4), 5), np.tile([0, 1, 0, 2, 1], 4)
    what[5:10] = range(5)
    return who, what, DRAW.integers(-1, 2, 20).astype(np.int8)


WHO, WHAT, CAST = raw()
FIRSTS = np.arange(0, 21, 5)
PACKED = np.zeros((7, 7), np.int64)
kernels.add_pairs.plain(*ROWS, VOTES.silent, 0, 12, PACKED)

CASES: dict[str, Any] = {
    "count": (kernels.count_votes, lambda: (WHO, 1, 4, np.zeros(3, np.int64))),
    "place": (
        kernels.place_votes,
        lambda: (WHO, WHAT, CAST, 0, 3, FIRSTS[:3].copy(), np.zeros(20, np.uint16)),
    ),
    "split": (
        kernels.split_cells,
        lambda: (np.arange(12, dtype=np.uint16), 2, 11, np.zeros(12, np.int8)),
    ),
    "keep last": (
        kernels.keep_last,
        lambda: (FIRSTS, 0, 4, np.full(5, -1), WHAT.copy(), CAST.copy(), np.zeros(4, np.int64)),
    ),
    "close gaps": (
        kernels.close_gaps,
        lambda: (FIRSTS.copy(), np.array([3, 5, 0, 2]), WHAT.copy(), CAST.copy()),
    ),
    "pairs": (
        kernels.add_pairs, lambda: (*ROWS, VOTES.silent, 0, 12, np.zeros((7, 7), np.int64))
    ),
    "unpack": (
        kernels.unpack_pairs,
        lambda: (PACKED.copy(), *(np.zeros((7, 7), np.int32) for _ in range(3))),
    ),
    "votes": (
        kernels.add_votes,
        lambda: (*ROWS, np.arange(12, dtype=np.int8) % 3 - 1, 0, 12,
                 np.zeros((2, 3, 7), np.int64)),
    ),
    "project": (
        kernels.project_rows,
        lambda: (*ROWS, VOTES.silent, np.arange(42).reshape(7, 3, 2), 0, 12,
                 np.zeros((12, 3), np.int64)),
    ),
    "centre": (
        matrices.centre_pairs,
        lambda: (*(WAYS[:, :7].T @ WAYS[:, :7] + one for one in range(3)), POINTS[:7, 0].copy(),
                 np.zeros((7, 7))),
    ),
    "multiply": (
        matrices.multiply, lambda: (POINTS[:7] @ POINTS[:7].T, WEIGHTS[:7].copy(), np.zeros(7))
    ),
    "present": (kernels.mark_present, lambda: (IDS, 3, np.zeros(6, np.bool_))),
    "rows": (
        plain_rows.read_rows,
        lambda: (np.frombuffer(TABLE, np.uint8), 4, 44, np.array([0, -1, 1]),
                 np.zeros((9, 2), np.int64), np.zeros(9, np.int32), np.full(2, -1)),
    ),
    "rows until one is broken": (
        plain_rows.read_rows,
        lambda: (np.frombuffer(b"a,b\n1,2\n1,x\n", np.uint8), 4, 44, np.array([0, 1]),
                 np.zeros((9, 2), np.int64), np.zeros(9, np.int32), np.full(2, -1)),
    ),
    "nearest": (
        clustering.nearest, lambda: (POINTS, POINTS[:3].copy(), 0, 30, np.zeros(30, np.int8))
    ),
    "seed": (
        clustering.seed, lambda: (POINTS, WEIGHTS, np.array([0.1, 0.7, 1.0]), np.zeros((3, 2)))
    ),
    "move": (
        clustering.move,
        lambda: (POINTS, WEIGHTS, 50, POINTS[:3].copy(), np.full(30, -1, np.int8)),
    ),
    "move to nowhere": (
        clustering.move,
        lambda: (POINTS, WEIGHTS, 1, FAR.copy(), np.full(30, -1, np.int8)),
    ),
    "silhouettes": (
        clustering.silhouettes, lambda: (POINTS, WEIGHTS, WAYS, 0, 30, np.zeros(2))
    ),
    "silhouettes alone": (
        clustering.silhouettes,
        lambda: (POINTS[:2], np.ones(2), np.array([[0, 1]], np.int8), 0, 2, np.zeros(1)),
    ),
    "settle": (
        clustering.settle,
        lambda: (POINTS, WEIGHTS, POINTS[:5].copy(), 50, 0.01, np.zeros(30, np.int64)),
    ),
    "settle without some": (
        clustering.settle,
        lambda: (POINTS, WEIGHTS, FAR.copy(), 2, 0.0,
                 np.zeros(30, np.int64)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_compiled_kernel_answers_as_the_plain_one(name):
    kernel, arguments = CASES[name]
    plain, fast = arguments(), arguments()
    assert kernel.plain(*plain) == pytest.approx(kernel(*fast))
    for one, other in zip(plain, fast, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-12)


def test_pairs_are_counted_for_both_of_two_statements():
    both, one, cast = (np.zeros((7, 7), np.int32) for _ in range(3))
    kernels.unpack_pairs.plain(PACKED.copy(), both, one, cast)
    table = np.full((12, 7), np.nan)
    for who, what, vote in VOTES.rows():
        if what != 2:
            table[who, what] = vote
    seen, votes = ~np.isnan(table), np.nan_to_num(table)
    apart = ~np.eye(7, dtype=bool)
    assert (both == (votes.T @ votes) * apart).all()
    assert (one == (votes.T @ seen) * apart).all()
    assert (cast == (seen.T.astype(int) @ seen) * apart).all()


def test_a_full_block_of_equal_votes_does_not_run_over():
    people = kernels.BLOCK
    starts = np.arange(0, 2 * people + 1, 2)
    columns = np.tile(np.array([0, 1], np.uint16), people)
    for first, second in ((1, 1), (-1, -1), (1, -1), (-1, 1)):
        packed = np.zeros((2, 2), np.int64)
        values = np.tile(np.array([first, second], np.int8), people)
        kernels.add_pairs(starts, columns, values, np.zeros(2, np.bool_), 0, people, packed)
        sums = [np.zeros((2, 2), np.int32) for _ in range(3)]
        kernels.unpack_pairs(packed, *sums)
        assert sums[0][0, 1] == sums[0][1, 0] == people * first * second
        assert (sums[1][0, 1], sums[1][1, 0]) == (people * first, people * second)
        assert sums[2][0, 1] == people


def test_where_machine_code_cannot_be_kept_it_is_made_again():
    asked = []

    def njit(**options):
        asked.append(options)
        if options.get("cache"):
            raise RuntimeError("no locator available")
        return lambda plain: plain

    kernel = compile_kernel(abs, njit)
    assert kernel(-3) == 3
    assert asked == [{"nogil": True, "cache": True}, {"nogil": True}]
