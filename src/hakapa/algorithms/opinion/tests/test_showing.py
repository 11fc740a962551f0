"""What is shown of a map: document, drawing, table, sentences, and what is kept back."""

import json
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from hakapa.algorithms.opinion.division import divide
from hakapa.algorithms.opinion.document import (
    document_of,
    public_document,
    recompute,
    trail_from,
    votes_from,
)
from hakapa.algorithms.opinion.drawing import draw
from hakapa.algorithms.opinion.explaining import explain
from hakapa.algorithms.opinion.mapping import map_given, map_opinions
from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.opinion_map import letter
from hakapa.algorithms.opinion.phrases import SENTENCES
from hakapa.algorithms.opinion.privacy import shown_answers, shown_groups
from hakapa.algorithms.opinion.routing import (
    least_certain,
    next_statement,
    polis_priorities,
    uncertainty,
)
from hakapa.algorithms.opinion.steadiness import Pace, Trail
from hakapa.algorithms.opinion.tabulating import page, table
from hakapa.algorithms.opinion.tests.rooms import camps
from hakapa.algorithms.opinion.votes import Votes

SECTORS = {who: ("kommun", "företag", "akademi")[who % 3 if who < 36 else 0] for who in range(40)}


def room():
    """Two camps with words, sectors and a moderated statement."""
    votes = camps().with_texts({one: f"Påstående <{one}> & mer" for one in range(12)})
    return votes.with_sectors(SECTORS).with_moderated([4])


def test_the_document_holds_what_is_promised():
    votes = room()
    told = document_of(map_opinions(votes), votes)
    for key in (
        "n_participants", "n_statements", "n_votes", "mapped", "k", "silhouettes", "groups",
        "group_aware_consensus", "representative", "projection",
    ):  # fmt: skip
        assert key in told
    assert told["n_participants"] == 40
    assert told["n_votes"] == votes.columns.size
    assert told["k"] == len(told["groups"]) == 2
    assert sum(group["size"] for group in told["groups"]) == told["mapped"]
    assert sorted(who for group in told["groups"] for who in group["members"]) == sorted(
        int(who) for who in told["projection"]
    )
    assert set(told["consensus"]["agree"]) <= set(range(6, 12))
    assert set(told["representative"]) == {"0", "1"}


@pytest.mark.parametrize("votes", [room(), camps(people=6), Votes.from_rows([])])
def test_a_map_is_computed_again_from_its_own_document(votes):
    shown = map_opinions(votes, Method(picks=3, seed=5))
    told = document_of(shown, votes)
    read = json.loads(json.dumps(told))
    assert document_of(recompute(read), votes_from(read)) == told


def test_a_map_that_follows_another_is_computed_again_too():
    votes = room()
    before = map_opinions(camps(people=30)).trail
    told = document_of(map_opinions(votes, before=before), votes, before)
    read = json.loads(json.dumps(told))
    again = recompute(read)
    assert document_of(again, votes, trail_from(read["inputs"]["before"])) == told


def test_a_document_without_votes_cannot_be_computed_again():
    with pytest.raises(ValueError, match="holds no inputs"):
        recompute(document_of(map_opinions(room())))


def test_the_public_document_names_nobody():
    told = public_document(map_opinions(room()))
    assert "projection" not in told
    assert "trail" not in told
    assert all("members" not in group for group in told["groups"])
    assert {group["name"] for group in told["sectors"]} == {"akademi", "företag", "kommun"}
    assert "sectors" not in public_document(map_opinions(camps()))


def test_the_public_document_keeps_back_statements_few_voted_on():
    rows = [*camps().rows(), (0, 50, 1), (1, 50, -1)]
    told = public_document(map_opinions(Votes.from_rows(rows)))
    assert [one["agree"] for one in told["statements"] if one["id"] == 50] == [None]
    assert all("50" not in group["disagree_pass_agree"] for group in told["groups"])


def test_groups_under_the_floor_and_those_that_give_them_away_are_not_shown():
    assert shown_groups((9, 5), 14, 5).tolist() == [True, True]
    assert shown_groups((9, 4), 13, 5).tolist() == [False, False]
    assert shown_groups((30, 9, 4), 43, 5).tolist() == [True, False, False]
    assert shown_groups((30, 9, 4), 50, 5).tolist() == [True, True, False]
    assert shown_groups((), 0, 5).tolist() == []


@given(some.integers(0, 10**6), some.integers(0, 6))
@settings(max_examples=60, deadline=None)
def test_no_number_under_the_floor_can_be_seen_or_subtracted(seed, floor):
    chance = np.random.default_rng(seed)
    counts = chance.integers(0, 6, (3, 3, 5))
    alone = chance.integers(0, 3, (3, 5))
    sizes = {name: int(chance.integers(0, 12)) for name in "ABC"}
    people = sum(sizes.values()) + int(chance.integers(0, 4))
    division = divide("sectors", sizes, counts, np.zeros(5, np.bool_), Method())
    total = counts.sum(axis=0) + alone
    shown = shown_answers(division, total, people, floor)
    trials = counts.sum(axis=1)
    assert (trials[shown] >= floor).all()
    left = total.sum(axis=0) - np.where(shown, trials, 0).sum(axis=0)
    assert not (shown.any(axis=0) & (left > 0) & (left < floor)).any()
    seen = shown_groups(division.sizes, people, floor)
    assert not shown[~seen].any()


def small_group():
    """A map of given groups of which one has three people."""
    groups = {who: 0 if who < 20 else 1 if who < 37 else 2 for who in range(40)}
    return map_given(room(), groups)


@pytest.mark.parametrize("show", [draw, page])
def test_a_group_of_three_is_not_drawn(show):
    drawn = show(small_group(), "en")
    assert 'id="map-mark-0"' in drawn
    assert 'id="map-mark-2"' not in drawn
    assert "C · 3" not in drawn


def test_the_drawing_is_sound_and_needs_no_style_or_script():
    drawn = draw(map_opinions(room()), "sv")
    root = ET.fromstring(drawn)  # noqa: S314  our own text
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert names <= {"svg", "title", "desc", "rect", "ellipse", "g", "use", "defs", "path", "text"}
    assert not attributes & {"style", "class", "onload", "onclick"}
    assert root.attrib["role"] == "img"
    labelled = root.attrib["aria-labelledby"].split()
    found = [element for element in root.iter() if element.attrib.get("id") in labelled]
    assert all(element.text for element in found)
    assert len(found) == 2


def test_every_person_in_a_shown_group_has_a_mark():
    shown = map_opinions(room())
    assert draw(shown).count("<use ") == shown.mapped.size


def test_two_drawings_may_stand_on_one_page():
    shown = map_opinions(room())
    ids = [set(re.findall(r'id="([^"]+)"', draw(shown, "sv", name))) for name in ("one", "two")]
    assert len(ids[0]) == len(ids[1]) == 4
    assert not ids[0] & ids[1]


def test_many_people_are_gathered_in_larger_marks():
    chance = np.random.default_rng(1)
    who, what = np.repeat(np.arange(3000), 8), np.tile(np.arange(8), 3000)
    cast = np.where(chance.random(24000) < 0.8, np.repeat(np.arange(3000) % 2 * 2 - 1, 8), 0)
    drawn = draw(map_opinions(Votes.from_columns(who, what, cast)))
    assert drawn.count("<use ") <= 5 * 600
    assert len(drawn) < 300_000


def test_an_empty_room_is_drawn_and_explained():
    shown = map_opinions(Votes.from_rows([]))
    assert draw(shown).count("<use ") == 0
    assert explain(shown, "sv") == [SENTENCES["sv"]["nobody"]]
    assert table(shown) == [["Påstående", "Alla"]]


def test_one_person_alone_and_people_at_one_place_are_mapped():
    alone = map_opinions(Votes.from_rows([(1, 1, 1)]))
    assert alone.k == 1
    assert draw(alone).count("<use ") == 0
    agreed = map_opinions(Votes.from_rows([(who, 1, 1) for who in range(9)]))
    assert (agreed.k, draw(agreed).count("<use ")) == (1, 9)
    assert SENTENCES["en"]["one group"] in explain(agreed, "en")
    lonely = map_given(Votes.from_rows([(1, 1, 1), (2, 1, -1)]), {1: 0}, Method(floor=1))
    assert draw(lonely).count("<use ") == 1


def test_the_table_has_a_row_per_statement_and_a_column_per_group_and_sector():
    rows = table(map_opinions(room()), "en")
    assert rows[0] == ["Statement", "Everyone", "A", "B", "akademi", "företag", "kommun"]
    assert len(rows) == 13
    assert rows[5][0].endswith("(moderated away)")
    assert re.fullmatch(r"\d+% · \d+% · \d+%", rows[1][1])


def test_the_page_says_all_three_and_escapes_words():
    told = page(map_opinions(room()))
    assert "Påstående &lt;0&gt; &amp; mer" in told
    assert "Påstående <0>" not in told
    for part in ("<svg", "<ul>", "<table>", 'lang="sv"'):
        assert part in told


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


def test_the_least_known_statement_comes_next():
    counts = np.array([[5, 0, 20, 0], [0, 0, 0, 0], [5, 1, 20, 30]])
    silent = np.zeros(4, np.bool_)
    width = uncertainty(counts)
    assert width.argmax() == 1
    assert next_statement(counts, silent) == 1
    assert next_statement(counts, silent, seen=[1]) == 0
    assert next_statement(counts, np.array([True, True, False, False]), seen=[2]) == 3
    assert next_statement(counts, silent, seen=range(4)) is None


@given(some.floats(0, 1))
def test_draws_reach_every_open_statement_and_no_other(draw_of):
    counts = np.array([[5, 0, 20, 0], [0, 0, 0, 0], [5, 1, 20, 30]])
    assert next_statement(counts, np.zeros(4, np.bool_), [1], draw_of) in {0, 2, 3}


def test_exposure_evens_out_when_everybody_follows_the_routing():
    chance = np.random.default_rng(7)
    counts = np.zeros((3, 10), dtype=np.int64)
    for _ in range(50):
        seen: list[int] = []
        for _ in range(4):
            one = next_statement(counts, np.zeros(10, np.bool_), seen, float(chance.random()))
            assert one is not None
            seen.append(one)
            counts[chance.integers(0, 3), one] += 1
    shown = counts.sum(axis=0)
    assert shown.min() > 0.7 * shown.mean()


def test_least_certain_leaves_out_moderated_statements():
    shown = map_opinions(room())
    assert 4 not in least_certain(shown)
    assert len(least_certain(shown, 3)) == 3


def test_priorities_follow_the_formula():
    counts = np.array([[2], [3], [4]])
    wanted = ((1 - 4 / 11) * 2.5 * (5 / 11) * (1 + 8 * 2 ** (-9 / 5))) ** 2
    assert polis_priorities(counts, np.array([1.5])) == pytest.approx([wanted])
    assert polis_priorities(counts, np.array([1.5]), np.array([True])).tolist() == [49.0]


def test_letters_go_on_after_z():
    assert [letter(number) for number in (0, 25, 26, 53)] == ["A", "Z", "A2", "B3"]


def test_a_statement_without_words_is_named_by_its_number():
    votes = Votes.from_rows([(1, 9, 1), (1, 8, 0)]).with_texts({9: "Rad\n ett"})
    shown = map_opinions(votes)
    assert (shown.text(0), shown.text(1)) == ("#8", "Rad ett")
    assert map_opinions(Votes.from_rows([(1, 9, 1)])).text(0) == "#9"
