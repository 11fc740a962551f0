import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from hakapa.algorithms.opinion import gathering
from hakapa.algorithms.opinion.votes import Votes

rows = some.lists(
    some.tuples(some.integers(0, 8), some.integers(0, 6), some.sampled_from([-1, 0, 1])),
    max_size=60,
)


@given(rows)
def test_the_last_vote_of_a_participant_on_a_statement_counts(cast):
    last = {(who, what): vote for who, what, vote in cast}
    votes = Votes.from_rows(cast)
    assert {(who, what): vote for who, what, vote in votes.rows()} == last
    assert votes.cast.sum() == len(last)


@given(rows, some.randoms())
def test_the_order_of_votes_on_different_statements_never_matters(cast, chance):
    last = [(who, what, vote) for (who, what), vote in {(p, s): v for p, s, v in cast}.items()]
    mixed = list(last)
    chance.shuffle(mixed)
    assert list(Votes.from_rows(mixed).rows()) == list(Votes.from_rows(last).rows())


@pytest.mark.parametrize("offset", [0, 7, -3, 10**12])
def test_ids_may_be_any_whole_numbers(offset):
    votes = Votes.from_rows([(offset + 2, offset, 1), (offset, offset + 5, -1)])
    assert votes.participants.tolist() == [offset, offset + 2]
    assert votes.statements.tolist() == [offset, offset + 5]


def test_ids_far_apart_take_no_room_for_those_between():
    votes = Votes.from_rows([(0, 1, 1), (10**15, 1, -1)])
    assert votes.participants.tolist() == [0, 10**15]


def test_ids_may_be_words():
    votes = Votes.from_rows([("ö", "ja", 1), ("a", "nej", 0)])
    assert votes.participants.tolist() == ["a", "ö"]
    assert list(votes.rows()) == [("a", "nej", 0), ("ö", "ja", 1)]


@pytest.mark.parametrize("vote", [2, -2, 0.5, float("nan")])
def test_a_vote_is_for_against_or_neither(vote):
    with pytest.raises(ValueError, match="a vote is 1"):
        Votes.from_columns([1], [1], [vote])


def test_votes_may_come_as_decimal_numbers_that_are_whole():
    assert Votes.from_columns([1], [1], [-1.0]).values.tolist() == [-1]


def test_columns_of_unequal_length_are_refused():
    with pytest.raises(ValueError, match="columns of 2, 1 and 1 rows"):
        Votes.from_columns([1, 2], [1], [1])


@pytest.mark.parametrize("wrong", [0, 5])
def test_a_statement_that_is_not_known_is_refused(wrong):
    with pytest.raises(ValueError, match=f"statement {wrong} is not among"):
        Votes.from_columns([1], [wrong], [1], known=[1, 3])


def test_words_are_not_among_known_numbers():
    with pytest.raises(ValueError, match="statement ja is not among"):
        Votes.from_columns([1], ["ja"], [1], known=[1, 3])


def test_statements_may_be_known_before_anybody_votes():
    assert Votes.from_rows([], known=["b", "a"]).statements.tolist() == ["a", "b"]


def test_known_statements_without_votes_are_kept():
    votes = Votes.from_columns([1], [3], [1], known=[3, 1], moderated=[1])
    assert votes.statements.tolist() == [1, 3]
    assert votes.silent.tolist() == [True, False]
    assert votes.with_moderated([3]).silent.tolist() == [False, True]


def test_texts_and_sectors_follow_ids():
    votes = Votes.from_rows([(5, 1, 1), (9, 2, 0), (11, 2, 1)])
    votes = votes.with_texts({2: "två"}).with_sectors({9: "kommun", 5: ""})
    assert votes.texts == ("", "två")
    assert votes.sectors == ("kommun",)
    assert votes.sector_of is not None
    assert votes.sector_of.tolist() == [-1, 0, -1]


def test_more_sectors_than_can_be_told_apart_are_refused():
    votes = Votes.from_rows([(one, 1, 1) for one in range(130)])
    with pytest.raises(ValueError, match="130 sectors"):
        votes.with_sectors({one: f"s{one}" for one in range(130)})


def test_many_votes_are_gathered_by_two_threads_as_by_one(monkeypatch):
    draw = np.random.default_rng(1)
    columns = draw.integers(0, 300, 5000), draw.integers(0, 50, 5000), draw.integers(-1, 2, 5000)
    alone = Votes.from_columns(*columns)
    monkeypatch.setattr(gathering, "WORTH_THREADS", 0)
    together = Votes.from_columns(*columns)
    assert list(alone.rows()) == list(together.rows())


def test_more_statements_than_sixteen_bits_count_are_possible():
    votes = Votes.from_columns([1, 1], [0, 70_000], [1, -1], known=range(70_001))
    assert votes.columns.dtype == np.int32
    assert list(votes.rows()) == [(1, 0, 1), (1, 70_000, -1)]
