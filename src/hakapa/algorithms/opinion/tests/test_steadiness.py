import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from hakapa.algorithms.opinion.grouping import Groupings
from hakapa.algorithms.opinion.mapping import map_opinions
from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.steadiness import Pace, Trail, choose, letters
from hakapa.algorithms.opinion.tests.rooms import camps, two_camps
from hakapa.algorithms.opinion.votes import Votes

METHOD = Method()


def told(labels):
    """Labels as the map keeps them."""
    return np.array(labels, dtype=np.int8)


def test_another_number_is_shown_when_four_updates_in_a_row_ask_for_it():
    pace = Pace(2, 2, 9)
    seen = []
    for asked in (3, 3, 2, 3, 3, 3, 3):
        pace = pace.follow(asked, METHOD)
        seen.append(pace.shown)
    assert seen == [2, 2, 2, 2, 2, 2, 3]


def test_the_first_people_need_not_wait():
    assert Pace(0, 0, 1).follow(2, METHOD).shown == 2


def test_a_number_that_is_no_longer_possible_is_not_shown():
    found = Groupings({2: told([0, 1] * 5)}, {2: 0.5})
    assert choose(found, METHOD, Pace(4, 4, 1)).shown == 2
    assert choose(found, METHOD, None) == Pace(2, 2, 1)


def test_the_largest_group_is_a_and_the_leftmost_of_equals():
    points = np.array([[5.0, 0], [6, 0], [-5, 0], [-6, 0], [0, 0], [0, 1], [0, 2]])
    labels, named = letters(told([0, 0, 1, 1, 2, 2, 2]), points)
    assert labels.tolist() == [2, 2, 1, 1, 0, 0, 0]
    assert named == [0, 1, 2]


@given(some.permutations(range(3)))
def test_letters_stay_with_the_people(order):
    before = told([0] * 6 + [1] * 5 + [2] * 4)
    points = np.zeros((15, 2))
    labels, named = letters(told(np.array(order)[before]), points, before)
    assert labels.tolist() == before.tolist()
    assert named == [0, 1, 2]


def test_a_new_group_takes_the_first_free_letter_and_a_lost_letter_rests():
    before = told([0, 0, 0, 2, 2, 2, -1, -1])
    labels, named = letters(told([1, 1, 1, 2, 2, 2, 0, 0]), np.zeros((8, 2)), before)
    assert named == [0, 1, 2]
    assert labels.tolist() == [0, 0, 0, 2, 2, 2, 1, 1]
    labels, named = letters(told([0, 0, 0, 1, 1, 1, 1, 1]), np.zeros((8, 2)), before)
    assert named == [0, 2]
    assert labels.tolist() == [0, 0, 0, 1, 1, 1, 1, 1]


def test_letters_start_anew_when_nobody_was_mapped_before():
    labels, named = letters(told([1, 0, 0]), np.zeros((3, 2)), told([-1, -1, -1]))
    assert labels.tolist() == [1, 0, 0]
    assert named == [0, 1]
    assert letters(told([]), np.zeros((0, 2)))[1] == []


def test_a_map_that_follows_keeps_letters_axes_and_people():
    first = map_opinions(camps())
    more = two_camps(people=70)
    alone = map_opinions(Votes.from_rows(more))
    following = map_opinions(Votes.from_rows(more), before=first.trail)
    old = first.trail.groups_of(following.room.participants)[following.mapped]
    new = np.array(following.letters)[following.labels]
    assert (new[old >= 0] == old[old >= 0]).mean() > 0.9
    turn = (following.components.loadings * first.components.loadings).sum(axis=1)
    assert turn[0] > 0
    assert following.k == alone.k


def test_a_map_seen_by_somebody_who_knew_it_mirrored_is_mirrored():
    first = map_opinions(camps())
    trail = first.trail
    mirrored = Trail(
        trail.people, told([1, 0])[trail.groups], trail.statements, -trail.loadings, trail.pace
    )
    again = map_opinions(camps(), before=mirrored)
    np.testing.assert_allclose(again.positions, -first.positions, atol=1e-9)
    assert again.labels.tolist() == (1 - first.labels).tolist()


@pytest.mark.parametrize("people", [[], [3, 9]])
def test_a_trail_says_nothing_about_strangers(people):
    trail = Trail(
        np.array(people, dtype=np.int64),
        told([1] * len(people)),
        np.array(people, dtype=np.int64),
        np.ones((2, len(people))),
        Pace(2, 2, 1),
    )
    assert trail.groups_of(np.array([1, 9, 12])).tolist() == [-1, 1 if people else -1, -1]
    assert trail.loadings_of(np.array([1, 9]))[0].tolist() == [0.0, 1.0 if people else 0.0]
