"""The worked example of docs/explanation/opinion-map.md."""

import numpy as np

from hakapa.algorithms.opinion import Votes, map_opinions

ANSWERS: dict[int, list[int | None]] = {
    1: [1, 1, -1, None],
    2: [1, 1, -1, 1],
    3: [1, 0, -1, 1],
    4: [-1, 1, 1, 1],
    5: [-1, 1, 1, None],
    6: [-1, None, 1, 1],
}


def test_the_worked_example_holds():
    shown = map_opinions(
        Votes.from_rows(
            (who, what, vote)
            for who, row in ANSWERS.items()
            for what, vote in enumerate(row, 1)
            if vote is not None
        )
    )
    np.testing.assert_allclose(shown.components.centre, [0, 0.8, 0, 1])
    first = shown.components.loadings[0]
    np.testing.assert_allclose(first, [0.704, -0.100, -0.704, 0], atol=5e-4)
    np.testing.assert_allclose(shown.components.explained, [0.95, 0.05], atol=5e-3)
    assert round(float(shown.positions[0, 0]), 3) == 1.602
    assert [shown.members(group) for group in range(2)] == [[4, 5, 6], [1, 2, 3]]
    assert round(shown.silhouettes[2], 2) == 0.84
    best = shown.groups.representative[0][0]
    assert (best.statement, best.answer, best.share, best.ratio) == (2, "agree", 0.8, 4.0)
    assert (best.share_z, round(best.ratio_z, 2)) == (2.0, 2.19)
    assert (round(shown.agreed[0].share, 2), round(shown.agreed[0].share_z, 2)) == (0.83, 2.24)
    np.testing.assert_allclose(shown.groups.agree_in_all[[3, 0]], [0.5625, 0.16])
    gap = shown.groups.divides[0]
    assert (gap.statement, gap.gap, round(gap.low, 2), gap.high) == (0, 1.0, 0.21, 1.0)
