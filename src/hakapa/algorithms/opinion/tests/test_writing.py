"""What is written can be read again."""

import json

import pytest

from hakapa.algorithms.opinion.mapping import map_opinions
from hakapa.algorithms.opinion.reading import read_conversation, read_votes
from hakapa.algorithms.opinion.tests.rooms import camps, conversations
from hakapa.algorithms.opinion.writing import write_api, write_metagov, write_polis


def rows_of(path, **more):
    """The votes read from a file."""
    return list(read_votes(path, **more).rows())


def test_a_polis_export_is_read_as_written(tmp_path):
    votes = camps().with_texts({0: "Å, ä\noch ö", 3: '"citat"'}).with_moderated([3])
    shown = map_opinions(votes)
    paths = write_polis(votes, tmp_path, shown)
    for path in (paths[0], paths[2]):
        again = read_conversation(path, comments=paths[1])
        assert list(again.votes.rows()) == list(votes.rows())
        assert again.votes.texts == votes.texts
        assert (again.votes.silent == votes.silent).all()
    groups = read_conversation(paths[2]).groups
    assert {who for who, number in groups.items() if number == 0} == set(shown.members(0))
    assert read_conversation(write_polis(votes, tmp_path)[2]).groups == {}


def test_answers_of_the_api_are_read_as_written(tmp_path):
    votes = camps().with_texts({0: "Å, ä\noch ö"}).with_moderated([3])
    paths = write_api(votes, tmp_path)
    for comments in (None, paths[1]):
        again = read_conversation(paths[0], comments=comments)
        assert again.agree == -1
        assert list(again.votes.rows()) == list(votes.rows())
    assert again.votes.texts == votes.texts
    assert (again.votes.silent == votes.silent).all()


def test_a_polis_export_tells_one_time_and_no_author(tmp_path):
    paths = write_polis(camps(), tmp_path, at=1403054214000)
    for path in paths[:2]:
        rows = path.read_text().splitlines()[1:]
        assert {row.split(",")[0] for row in rows} == {"1403054214000"}
    assert {row.split(",")[3] for row in paths[1].read_text().splitlines()[1:]} == {""}


def test_flat_files_carry_licence_sectors_and_groups(tmp_path):
    votes = camps().with_sectors({0: "kommun"})
    shown = map_opinions(votes)
    paths = write_metagov(votes, tmp_path, title="Labb", licence="CC-BY-4.0", shown=shown)
    assert rows_of(paths[2]) == list(votes.rows())
    card = json.loads(paths[3].read_text())
    assert (card["licence"], card["counts"]["votes"]) == ("CC-BY-4.0", votes.columns.size)
    people = paths[1].read_text().splitlines()
    assert people[0] == "participant,sector,group"
    assert people[1].startswith("0,kommun,")
    assert people[1][-1] in "AB"
    bare = write_metagov(camps(), tmp_path, title="Labb", licence="CC0-1.0")
    assert bare[1].read_text().splitlines()[1] == "0,,"


@pytest.mark.parametrize("folder", conversations("openData"))
def test_both_tables_of_a_real_export_hold_the_same_votes(folder):
    if not (folder / "votes.csv.xz").exists():
        pytest.skip("this conversation came without votes.csv")
    comments = folder / "comments.csv.xz"
    one = read_votes(folder / "votes.csv.xz", comments=comments)
    other = read_votes(folder / "participants-votes.csv.xz", comments=comments)
    assert list(one.rows()) == list(other.rows())
