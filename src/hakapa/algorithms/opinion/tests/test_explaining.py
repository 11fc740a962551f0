"""A map says in sentences what its numbers say."""

import re

import numpy as np
import pytest

from hakapa.algorithms.opinion.explaining import explain
from hakapa.algorithms.opinion.mapping import map_given, map_opinions
from hakapa.algorithms.opinion.opinion_map import letter
from hakapa.algorithms.opinion.phrases import SENTENCES
from hakapa.algorithms.opinion.steadiness import Pace, Trail
from hakapa.algorithms.opinion.tests.rooms import camps
from hakapa.algorithms.opinion.votes import Votes

SECTORS = {who: ("kommun", "företag", "akademi")[who % 3 if who < 36 else 0] for who in range(40)}


def room():
    """Two camps with words, sectors and a moderated statement."""
    votes = camps().with_texts({one: f"Påstående <{one}> & mer" for one in range(12)})
    return votes.with_sectors(SECTORS).with_moderated([4])


def small_group():
    """A map of given groups of which one has three people."""
    groups = {who: 0 if who < 20 else 1 if who < 37 else 2 for who in range(40)}
    return map_given(room(), groups)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_map_explains_itself_from_its_numbers(language):
    shown = map_opinions(room())
    told = "\n".join(explain(shown, language))
    a, b = shown.groups.sizes
    for number in (
        40,
        a,
        b,
        f"{shown.silhouettes[2]:.2f}".replace(".", "," if language == "sv" else "."),
    ):
        assert str(number) in told
    assert "{" not in told


def test_both_languages_say_the_same_things():
    assert SENTENCES["sv"].keys() == SENTENCES["en"].keys()
    for key, sentence in SENTENCES["sv"].items():
        fields = set(re.findall(r"{(\w+)}", sentence))
        assert fields == set(re.findall(r"{(\w+)}", SENTENCES["en"][key])), key


def test_what_bridges_and_divides_sectors_is_told():
    rows = [
        (who, what, (1 if who < 30 else -1) if what == 0 else 1)
        for who in range(60)
        for what in range(9)
    ]
    sectors = {who: "kommun" if who < 30 else "företag" for who in range(60)}
    told = "\n".join(explain(map_opinions(Votes.from_rows(rows).with_sectors(sectors)), "en"))
    assert "“#1” unites the sectors" in told
    assert "“#0” divides the sectors most" in told


def test_a_group_kept_back_is_told_of_and_a_filled_room_too():
    told = explain(small_group(), "en")
    assert any("fewer than 5 people are not shown" in one for one in told)
    few = Votes.from_rows(
        [(who, what, (-1) ** (who * what)) for who in range(16) for what in (1, 2, 3, 4, 5, 6, 7)][
            :-30
        ]
    )
    assert any("who voted most" in one for one in explain(map_opinions(few), "en"))


def test_groups_all_kept_back_are_only_counted():
    votes = Votes.from_rows([(who, what, who % 2) for who in range(6) for what in range(8)])
    told = explain(map_given(votes, {who: who % 2 for who in range(6)}), "en")
    assert any(one.startswith("2 group or groups") for one in told)
    assert not any(one.startswith("They form") for one in told)


def test_a_map_that_waits_says_so():
    shown = map_opinions(camps())
    trail = shown.trail
    waiting = Trail(trail.people, trail.groups, trail.statements, trail.loadings, Pace(3, 3, 1))
    told = explain(map_opinions(camps(), before=waiting), "en")
    assert any("the map follows only after 4 in a row" in one for one in told)


def test_a_number_that_stepped_back_is_told():
    chance = np.random.default_rng(3)
    rows = [
        (who, what, int(np.sign(camp)) if chance.random() < 0.97 else 0)
        for who in range(63)
        for what in range(20)
        for camp in [(1 if who % 2 else -1) if who < 60 else (1 if what < 10 else -1) * 9]
    ]
    shown = map_opinions(Votes.from_rows(rows))
    best = max(shown.silhouettes, key=lambda k: shown.silhouettes[k])
    told = explain(shown, "en")
    assert best != shown.k
    assert any("fewer than 5 people; hence" in one for one in told)


def test_letters_go_on_after_z():
    assert [letter(number) for number in (0, 25, 26, 53)] == ["A", "Z", "A2", "B3"]


def test_a_statement_without_words_is_named_by_its_number():
    votes = Votes.from_rows([(1, 9, 1), (1, 8, 0)]).with_texts({9: "Rad\n ett"})
    shown = map_opinions(votes)
    assert (shown.text(0), shown.text(1)) == ("#8", "Rad ett")
    assert map_opinions(Votes.from_rows([(1, 9, 1)])).text(0) == "#9"
