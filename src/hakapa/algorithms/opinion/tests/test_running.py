import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from hakapa.algorithms.opinion.document import document_of
from hakapa.algorithms.opinion.mapping import map_opinions
from hakapa.algorithms.opinion.running import RunningMap
from hakapa.algorithms.opinion.sums import sums_of
from hakapa.algorithms.opinion.tests.rooms import two_camps
from hakapa.algorithms.opinion.votes import Votes

KNOWN = range(6)
cast = some.lists(
    some.tuples(some.integers(0, 9), some.sampled_from(KNOWN), some.sampled_from([-1, 0, 1])),
    max_size=50,
)


@given(cast, cast, some.sets(some.sampled_from(KNOWN)))
@settings(max_examples=60, deadline=None)
def test_adding_votes_equals_computing_all_anew(first, then, moderated):
    running = RunningMap(Votes.from_rows(first, known=KNOWN, moderated=moderated))
    running.add_all(then)
    whole = Votes.from_rows(first + then, known=KNOWN, moderated=moderated)
    assert list(running.votes().rows()) == list(whole.rows())
    for name in ("people", "counts", "both", "one", "cast"):
        assert np.array_equal(getattr(running.sums, name), getattr(sums_of(whole), name)), name
    assert document_of(running.map(), whole) == document_of(map_opinions(whole), whole)


def test_a_running_map_follows_the_one_before():
    rows = two_camps(people=60)
    running = RunningMap(Votes.from_rows(rows[:300], known=range(12)))
    first = running.map()
    running.add_all(rows[300:])
    whole = Votes.from_rows(rows, known=range(12))
    wanted = document_of(map_opinions(whole, before=first.trail))
    assert document_of(running.map()) == wanted


def test_sectors_and_texts_are_kept_and_newcomers_have_none():
    votes = Votes.from_rows([(5, 1, 1)], known=[1, 2]).with_sectors({5: "kommun"})
    running = RunningMap(votes.with_texts({1: "ett"}))
    running.add(2, 2, -1)
    now = running.votes()
    assert now.participants.tolist() == [2, 5]
    assert now.sector_of is not None
    assert now.sector_of.tolist() == [-1, 0]
    assert now.texts == ("ett", "")


def test_a_running_map_may_start_empty_and_take_named_people():
    running = RunningMap(Votes.from_rows([], known=[1, 2]))
    assert running.map().k == 0
    for at in range(40):
        running.add(f"p{at:02}", 1 + at % 2, 1 if at % 3 else -1)
    assert running.votes().participants.size == 40


def test_votes_that_are_none_and_unknown_statements_are_refused():
    running = RunningMap(Votes.from_rows([], known=[1]))
    with pytest.raises(ValueError, match="a vote is 1"):
        running.add(1, 1, 3)
    with pytest.raises(KeyError):
        running.add(1, 9, 1)
    assert running.sums.people == 0
