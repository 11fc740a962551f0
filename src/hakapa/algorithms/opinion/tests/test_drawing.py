"""The drawing, and the table for those who read."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from hakapa.algorithms.opinion.drawing import draw
from hakapa.algorithms.opinion.explaining import explain
from hakapa.algorithms.opinion.mapping import map_given, map_opinions
from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.phrases import SENTENCES
from hakapa.algorithms.opinion.tabulating import page, table
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
