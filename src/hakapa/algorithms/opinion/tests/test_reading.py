"""Conversations are read however they are written."""

import gzip
import json
import lzma
from typing import Any

import pytest

from hakapa.algorithms.opinion.reading import read_conversation, read_votes

VOTES = "timestamp,datetime,comment-id,voter-id,vote\n5,,1,7,1\n6,,2,7,-1\n7,,1,8,0\n"


ROWS = [(7, 1, 1), (7, 2, -1), (8, 1, 0)]


COMMENTS = (
    "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    '1,,1,0,1,0,1,"Ett, två"\n1,,2,0,0,1,-1,"Rad\nbryts"\n1,,3,0,0,0,0,Ingen\n'
)


def put(folder, text, name="votes.csv"):
    """Write a file; give its path."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def rows_of(path, **more):
    """The votes read from a file."""
    return list(read_votes(path, **more).rows())


API: list[dict[str, Any]] = [
    {"pid": 7, "tid": 1, "vote": -1, "modified": "5"},
    {"pid": 7, "tid": 2, "vote": 1, "modified": 6.0},
    {"pid": 8, "tid": 1, "vote": 0, "modified": None},
]


SAID = [
    {"tid": 1, "txt": "Ett", "mod": 1, "is_meta": False, "agree_count": 1, "disagree_count": 0},
    {"tid": 2, "txt": "Två", "mod": -1, "is_meta": True, "agree_count": 0, "disagree_count": 1},
]


@pytest.mark.parametrize(
    "text",
    [
        VOTES,
        "\N{ZERO WIDTH NO-BREAK SPACE}" + VOTES,
        VOTES.replace("\n", "\r\n"),
        VOTES.replace(",", ";"),
        VOTES.replace(",", "\t"),
        VOTES.replace(",1\n", ", 1 \n"),
        VOTES.rstrip("\n"),
        VOTES + "\n\n",
        VOTES.replace("5,,1,7,1", '"5","","1","7","1"'),
        VOTES.replace("comment-id", "Comment-ID").replace("1\n", "+1\n", 1),
    ],
    ids=[
        "plain",
        "mark",
        "crlf",
        "semicolon",
        "tab",
        "blanks",
        "no end",
        "empty",
        "quotes",
        "case",
    ],
)
def test_votes_are_read_however_the_table_is_written(tmp_path, text):
    assert rows_of(put(tmp_path, text)) == ROWS


def test_the_latest_of_two_votes_counts_not_the_lowest_in_the_file(tmp_path):
    text = VOTES + "4,,1,7,-1\n8,,2,7,0\n"
    assert rows_of(put(tmp_path, text)) == [(7, 1, 1), (7, 2, 0), (8, 1, 0)]


def test_without_times_the_last_row_counts(tmp_path):
    path = put(tmp_path, "participant,statement,vote\nanna,1,1\nbo,1,0\nanna,1,-1\n")
    assert rows_of(path) == [("anna", 1, -1), ("bo", 1, 0)]


def test_numbers_written_unplainly_are_names(tmp_path):
    path = put(tmp_path, "participant,statement,vote\n007,1,1\n7,1,0\n" + "9" * 30 + ",1,1\n")
    assert [who for who, _, _ in rows_of(path)] == ["007", "7", "9" * 30]


@pytest.mark.parametrize(("suffix", "pack"), [(".xz", lzma.compress), (".gz", gzip.compress)])
def test_packed_files_are_unpacked(tmp_path, suffix, pack):
    assert rows_of(put(tmp_path, pack(VOTES.encode()), "votes.csv" + suffix)) == ROWS


def test_comments_bring_words_and_moderation(tmp_path):
    comments = put(tmp_path, COMMENTS, "comments.csv")
    votes = read_votes(put(tmp_path, VOTES), comments=comments)
    assert votes.texts == ("Ett, två", "Rad\nbryts", "Ingen")
    assert votes.silent.tolist() == [False, True, False]
    strict = read_votes(tmp_path / "votes.csv", comments=comments, strict=True)
    assert strict.silent.tolist() == [False, True, True]


def test_comments_may_lack_moderation(tmp_path):
    comments = put(tmp_path, "statement,text\n1,Ett\n2,Två\n", "c.csv")
    assert not read_votes(put(tmp_path, VOTES), comments=comments).silent.any()


def test_the_table_of_participants_holds_groups_too(tmp_path):
    text = "participant,xid,group-id,n-votes,1,2,3\n7,,1,2,1,-1,\n8,,,1,0,,\n9,,0,0,,,\n"
    found = read_conversation(put(tmp_path, text))
    assert list(found.votes.rows()) == ROWS
    assert found.votes.statements.tolist() == [1, 2, 3]
    assert found.groups == {7: 1}


def test_sectors_are_read_by_participant(tmp_path):
    sectors = put(tmp_path, "participant;sector\n8;kommun\n7;företag\n9;kommun\n", "s.csv")
    votes = read_votes(put(tmp_path, VOTES), sectors=sectors)
    assert votes.sectors == ("företag", "kommun")
    named = put(tmp_path, "participant,statement,vote\nanna,1,1\n", "n.csv")
    sectors = put(tmp_path, "participant,sector\nanna,kommun\n", "s2.csv")
    assert read_votes(named, sectors=sectors).sectors == ("kommun",)


@pytest.mark.parametrize("wrap", [lambda one: one, lambda one: {"votes": one}])
def test_the_api_says_minus_one_for_agreement(tmp_path, wrap):
    path = put(tmp_path, json.dumps(wrap(API)), "votes.json")
    assert rows_of(path) == ROWS
    assert rows_of(path, agree=1) == [(7, 1, -1), (7, 2, 1), (8, 1, 0)]


@pytest.mark.parametrize("sign", [1, -1])
def test_the_counts_of_the_statements_settle_the_sign(tmp_path, sign):
    votes = [{**vote, "vote": sign * vote["vote"]} for vote in API]
    path = put(tmp_path, json.dumps(votes), "votes.json")
    comments = put(tmp_path, json.dumps(SAID), "comments.json")
    found = read_conversation(path, comments=comments)
    assert list(found.votes.rows()) == ROWS
    assert found.agree == -sign
    assert found.votes.silent.tolist() == [False, True]


def test_statements_that_count_nothing_leave_the_sign_of_the_api(tmp_path):
    path = put(tmp_path, json.dumps(API), "votes.json")
    comments = put(tmp_path, COMMENTS, "comments.csv")
    assert read_conversation(path, comments=comments).agree == -1
