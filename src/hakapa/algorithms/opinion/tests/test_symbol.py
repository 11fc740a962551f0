"""The mark of a group alone, for a legend."""

from hakapa.algorithms.opinion.drawing import COLOURS, MARKS, symbol


def test_every_group_has_a_shape_and_a_colour_of_its_own():
    drawn = [symbol(place) for place in range(len(MARKS))]
    assert len(set(drawn)) == len(MARKS) == len(COLOURS)
    assert symbol(len(MARKS)) == drawn[0]
    assert all('aria-hidden="true"' in one for one in drawn)
