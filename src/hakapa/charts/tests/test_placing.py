from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hakapa.charts.placing import Box, first_free

FIELD = Box(0, 0, 100, 100)
LEFT, RIGHT = Box(0, 0, 10, 10), Box(50, 0, 60, 10)


def test_the_first_candidate_is_taken_when_it_is_free():
    assert first_free([LEFT, RIGHT], within=FIELD, avoiding=[]) == LEFT


def test_a_candidate_that_would_cover_something_is_passed_over():
    assert first_free([LEFT, RIGHT], within=FIELD, avoiding=[Box(5, 5, 6, 6)]) == RIGHT


def test_a_candidate_outside_the_field_is_passed_over():
    assert first_free([Box(95, 0, 105, 10), LEFT], within=FIELD, avoiding=[]) == LEFT


def test_when_nothing_is_free_the_first_is_moved_into_the_field():
    outside = Box(95, -5, 105, 5)
    assert first_free([outside], within=FIELD, avoiding=[]) == Box(90, 0, 100, 10)


sides = st.integers(min_value=-500, max_value=500)
sizes = st.integers(min_value=0, max_value=100)


@given(sides, sides, sizes, sizes)
def test_a_box_that_fits_is_always_moved_inside_without_changing_its_size(x, y, width, height):
    moved = Box(x, y, x + width, y + height).moved_into(FIELD)
    assert FIELD.holds(moved)
    assert (moved.right - moved.left, moved.bottom - moved.top) == (width, height)


@given(sides, sides, sides, sides)
def test_two_boxes_touch_one_another_or_neither_does(x, y, x2, y2):
    one, other = Box.around((x, y), (x2, y2)), Box(-50, -50, 50, 50)
    assert one.touches(other) == other.touches(one)
