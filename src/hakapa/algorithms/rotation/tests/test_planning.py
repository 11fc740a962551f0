from collections import Counter
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakapa.algorithms.rotation import (
    METHODS,
    Calendar,
    CannotRotateError,
    Organisation,
    Rule,
    Skip,
    in_order,
    lot,
)
from hakapa.algorithms.rotation.orders import large
from hakapa.algorithms.rotation.planning import months_later
from hakapa.algorithms.rotation.telling import explain
from hakapa.algorithms.rotation.tests.towns import SIX, START, holders, plan

organisations = st.lists(
    st.builds(
        Organisation,
        st.text("abcåäö", min_size=1, max_size=3),
        st.text("abcåäö", max_size=3),
        st.integers(0, 10**6),
        st.sampled_from(["", "north", "south"]),
    ),
    min_size=1,
    max_size=7,
    unique_by=lambda each: each.id,
)
rules = st.builds(
    Rule,
    st.sampled_from([("chair",), ("chair", "vice"), ("chair", "vice", "host")]),
    st.sampled_from(METHODS),
    st.integers(),
    gap=st.integers(0, 4),
    balance=st.frozensets(st.sampled_from(["region", "size"])),
    pairs=st.sampled_from([(), (("chair", "vice"),)]),
    combined=st.sampled_from([(), (("chair", "host"),)]),
)


@given(organisations, rules, st.integers(0, 12), st.randoms())
def test_an_order_is_the_same_whoever_computes_it(members, rule, count, random):
    shuffled = list(members)
    random.shuffle(shuffled)

    assert plan(rule, count, members=shuffled) == plan(rule, count, members=members)


@given(organisations, st.sampled_from(METHODS), st.integers(1, 4))
def test_in_a_round_every_organisation_has_its_turn_once(members, method, rounds):
    made = plan(Rule(("chair",), method, gap=0), rounds * len(members), members=members)

    assert set(Counter(holders(made)).values()) == {rounds}


@given(organisations, rules, st.integers(1, 10))
def test_a_wish_is_broken_only_when_it_is_said_to_be_given_up(members, rule, count):
    made = plan(rule, count, members=members)

    for i, term in enumerate(made.planned):
        recent = {t.holder for old in made.planned[max(0, i - rule.gap) : i] for t in old.turns}
        for turn in term.turns:
            assert (turn.holder in recent) == ("gap" in turn.given_up)
            others = {t.holder for t in term.turns if t is not turn}
            free = rule.combined or any("one_seat" in t.given_up for t in term.turns)
            assert free or turn.holder not in others


@given(organisations, rules, st.integers(1, 10))
def test_who_stood_before_is_named_with_the_reason(members, rule, count):
    made = plan(rule, count, members=members)

    for language in ("sv", "en"):
        said = explain(made, language)
        assert sum(
            len(t.passed) + len(t.given_up) for term in made.planned for t in term.turns
        ) == (len(said) - 1 - count * len(rule.seats))


def test_round_robin_follows_the_swedish_alphabet():
    assert [each.name for each in in_order(SIX, "round_robin")] == [
        "Kalmar", "Lund", "Malmö", "Umeå", "Ängelholm", "Örebro",
    ]  # fmt: skip


def test_a_draw_can_be_checked_by_anybody():
    order = in_order(SIX, "draw", 17)

    assert lot(17, SIX[0]) == sha256(b"17:lund").hexdigest()
    assert [lot(17, each) for each in order] == sorted(lot(17, each) for each in SIX)
    assert order != in_order(SIX, "draw", 18)


def test_large_and_small_alternate():
    assert [each.id for each in in_order(SIX, "alternate")] == [
        "malmo", "angelholm", "orebro", "kalmar", "umea", "lund",
    ]  # fmt: skip


def test_volunteers_go_first():
    assert [each.id for each in in_order(SIX, "volunteers", 0, ["umea", "lund"])][:3] == [
        "umea",
        "lund",
        "kalmar",
    ]


def test_a_pair_joins_a_large_and_a_small():
    made = plan(Rule(("chair", "vice"), pairs=(("chair", "vice"),)))

    big = large(SIX)
    assert big == {"malmo", "orebro", "umea"}
    assert all(
        (term.holder("chair") in big) != (term.holder("vice") in big) for term in made.planned
    )


def test_a_seat_leaves_region_and_size_when_balance_is_wished():
    by_size = holders(plan(Rule(("chair",), gap=0, balance=frozenset({"size"}))))
    by_region = plan(Rule(("chair",), gap=0, balance=frozenset({"region"})))

    big = large(SIX)
    assert all((a in big) != (b in big) for a, b in pairwise(by_size))
    regions = {each.id: each.region for each in SIX}
    for a, b in pairwise(by_region.planned):
        same = regions[a.holder("chair")] == regions[b.holder("chair")]
        assert same == ("region" in b.turns[0].given_up)


def test_two_seats_are_held_together_only_where_that_is_agreed():
    apart = plan(Rule(("chair", "host")))
    together = plan(Rule(("chair", "host"), combined=(("chair", "host"),)))

    assert all(term.holder("chair") != term.holder("host") for term in apart.planned)
    assert any(term.holder("chair") == term.holder("host") for term in together.planned)


def test_a_skip_keeps_the_place():
    made = plan(Rule(("chair",)), skips=[Skip(1, "kalmar", "reorganisation")])

    assert holders(made)[:3] == ["lund", "kalmar", "malmo"]
    assert made.planned[0].turns[0].passed == (("kalmar", "reorganisation"),)
    assert "Kalmar stod före men gick inte: reorganisation." in explain(made)


def test_a_skip_may_be_of_one_seat():
    made = plan(Rule(("chair", "vice")), skips=[Skip(1, "kalmar", "no time", "chair")])

    assert (holders(made)[0], holders(made, "vice")[0]) == ("lund", "kalmar")


def test_nobody_left_is_refused():
    skips = [Skip(1, each.id, "no") for each in SIX]

    with pytest.raises(CannotRotateError, match="everybody skips chair in term 1"):
        plan(Rule(("chair",)), skips=skips)
    with pytest.raises(CannotRotateError, match="members and seats"):
        plan(Rule(("chair",)), members=[])


def test_the_trio_is_the_previous_the_current_and_the_next():
    made = plan(Rule(("chair",)), 3)

    def numbers(day):
        return [term and term.number for term in made.trio(day).values()]

    assert numbers(START) == [None, 1, 2]
    assert numbers(date(2027, 1, 15)) == [1, 2, 3]
    assert numbers(date(2027, 12, 31)) == [2, 3, None]
    assert numbers(date(2029, 1, 1)) == [3, None, None]
    assert numbers(START - timedelta(days=1)) == [None, None, 1]


def test_the_load_counts_seats_by_year():
    made = plan(Rule(("chair",)), 2)

    assert made.load()["kalmar"] == {2026: 1}
    assert made.load()["lund"] == {2027: 1}
    assert made.load()["umea"] == {}


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 7, 1), 12, date(2027, 7, 1)),
    ],
)
def test_months_end_where_the_month_ends(start, months, end):
    assert months_later(start, months) == end


@pytest.mark.parametrize(
    ("calendar", "reason"),
    [((START, 0, 1), "one month"), ((START, 6, -1), "one month"), ((START, 999, 999), "9000")],
)
def test_terms_that_cannot_be_are_refused(calendar, reason):
    with pytest.raises(CannotRotateError, match=reason):
        Calendar(*calendar)
