from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hakapa.algorithms.sharing.amounts import CannotShareError
from hakapa.algorithms.sharing.keys import (
    by_benefit,
    by_use,
    custom,
    equal,
    mixed,
    per_inhabitant,
    share,
    square_root,
)
from hakapa.algorithms.sharing.tariffs import by_tiers
from hakapa.algorithms.sharing.tests.worlds import evaluated, totals, weights

KEYS = [
    equal,
    per_inhabitant,
    by_use,
    by_benefit,
    square_root,
    custom,
    by_tiers,
    lambda people: mixed(0.2, people),
    lambda people: mixed(Fraction(1, 3), people),
]
keys = st.sampled_from(KEYS)


@given(totals, keys, weights)
def test_the_shares_always_add_up_to_the_ore(total, key, people):
    answer = share(total, key(people))

    assert sum(answer.shares.values()) == answer.total == total


@given(st.integers(0, 10**12), keys, weights)
def test_who_weighs_more_never_pays_less(total, key, people):
    made = key(people)
    shares = share(total, made).shares

    by_weight = sorted(people, key=lambda party: (made.weights[party], shares[party]))
    assert [shares[party] for party in by_weight] == sorted(shares.values())


@given(totals, keys, weights)
def test_every_figure_opens_to_a_formula_that_gives_it(total, key, people):
    for figure in share(total, key(people)).figures:
        assert evaluated(figure) == figure.exact


@given(totals, keys, weights)
def test_parts_are_parts_of_one(total, key, people):
    made = key(people)

    assert sum(made.parts().values()) == 1
    assert made.parts() == {party: made.part(party) for party in people}


@given(totals, keys, weights, st.randoms())
def test_the_order_of_the_parties_changes_nothing(total, key, people, random):
    shuffled = list(people.items())
    random.shuffle(shuffled)

    assert share(total, key(dict(shuffled))).shares == share(total, key(people)).shares


@given(totals, keys)
def test_one_party_pays_everything(total, key):
    assert share(total, key({"a": 7})).shares == {"a": total}


def test_weights_as_large_as_anything_are_shared_exactly():
    shares = share(10**60, custom({"a": 10**500, "b": 2 * 10**500})).shares

    assert shares["b"] == 2 * 10**60 // 3 + 1
    assert sum(shares.values()) == 10**60


def test_a_root_of_a_square_is_exact():
    assert share(300, square_root({"a": 10**20, "b": 4 * 10**20})).shares == {"a": 100, "b": 200}


@pytest.mark.parametrize("part", [-0.1, 1.5])
def test_an_equal_part_outside_zero_to_one_is_refused(part):
    with pytest.raises(CannotShareError, match="between 0 and 1"):
        mixed(part, {"a": 1})


@pytest.mark.parametrize("key", KEYS[1:])
def test_a_negative_weight_is_refused(key):
    with pytest.raises(CannotShareError, match=r"of a must not be negative|population must not"):
        key({"a": -1, "b": 2})


@st.composite
def bounded(draw):
    people = draw(weights)
    floors = {p: draw(st.integers(0, 1000)) for p in people if draw(st.booleans())}
    caps = {p: floors.get(p, 0) + draw(st.integers(0, 1000)) for p in people if draw(st.booleans())}
    return people, floors, caps


@given(bounded(), st.integers(0, 20_000))
def test_floors_and_caps_are_kept_and_the_sum_is_right(case, total):
    people, floors, caps = case
    assume(floors or caps)
    try:
        answer = share(total, custom(people), floors=floors, caps=caps)
    except CannotShareError:
        low = sum(floors.values())
        high = sum(
            caps.get(p, max(total, floors.get(p, 0))) if w else floors.get(p, 0)
            for p, w in people.items()
        )
        assert not low <= total <= high
        return
    shares = answer.shares
    assert sum(shares.values()) == total
    assert all(shares[party] >= floor for party, floor in floors.items())
    assert all(shares[party] <= cap for party, cap in caps.items())
    assert all(evaluated(figure) == figure.exact for figure in answer.figures)


@given(weights, st.integers(0, 10**9))
def test_wide_bounds_change_nothing(people, total):
    free = share(total, custom(people))
    wide = share(total, custom(people), floors=dict.fromkeys(people, 0))

    assert wide.shares == free.shares


def test_a_cap_moves_the_rest_to_the_others_by_weight():
    people = {"a": 1, "b": 2, "c": 7}

    shares = share(1000, custom(people), caps={"c": 400}).shares

    assert shares == {"a": 200, "b": 400, "c": 400}


@pytest.mark.parametrize(
    ("floors", "caps", "reason"),
    [
        ({"a": 600, "b": 600}, {}, "floors add up to 1200 öre and caps to"),
        ({}, {"a": 400, "b": 400}, "caps to 800 öre: 1000 öre does not fit"),
        ({"a": 500}, {"a": 400}, "the floor of a is above its cap"),
        ({"a": -1}, {}, "the floor of a must not be negative"),
        ({"x": 1}, {}, "x has a floor or a cap but takes no part"),
    ],
)
def test_bounds_that_cannot_be_kept_are_refused(floors, caps, reason):
    with pytest.raises(CannotShareError, match=reason):
        share(1000, custom({"a": 1, "b": 2}), floors=floors, caps=caps)


def test_an_allocation_says_itself_in_both_languages():
    answer = share(180_000_00, per_inhabitant({"Sundsvall": 99_383, "Umeå": 130_224}))

    assert answer.explain("sv")[0] == "180\u00a0000,00\u00a0kr delas efter antal invånare."
    assert answer.explain("en")[1] == (
        "Sundsvall gets the share SEK\u00a077,911.13 (43.28%): 18,000,000 × 99,383 / 229,607 öre."
    )
    assert len(answer.explain()) == 4


def test_nothing_to_share_is_shared_as_nothing():
    answer = share(0, equal("ab"))

    assert answer.shares == {"a": 0, "b": 0}
    assert answer.export()["percent"] == {"a": 0.0, "b": 0.0}
