"""Every file gives votes, or one clear line that says what is wrong."""

import json
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from hakapa.algorithms.errors import BadInputError
from hakapa.algorithms.opinion.mapping import map_opinions
from hakapa.algorithms.opinion.reading import read_votes

VOTES = "timestamp,datetime,comment-id,voter-id,vote\n5,,1,7,1\n6,,2,7,-1\n7,,1,8,0\n"


def put(folder, text, name="votes.csv"):
    """Write a file; give its path."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read_or_refuse(path):
    """Map what was read, or see that the refusal names a line and a reason."""
    refused = None
    try:
        map_opinions(read_votes(path))
    except BadInputError as error:
        refused = error
    assert refused is None or (refused.line >= 1 and refused.reason)


API: list[dict[str, Any]] = [
    {"pid": 7, "tid": 1, "vote": -1, "modified": "5"},
    {"pid": 7, "tid": 2, "vote": 1, "modified": 6.0},
    {"pid": 8, "tid": 1, "vote": 0, "modified": None},
]


BAD = {
    "empty": ("", 1, "empty"),
    "blank first line": ("\n" + VOTES, 1, "first line is empty"),
    "no vote": ("comment-id,voter-id\n1,2\n", 1, "no column 'vote'"),
    "no voter": ("comment-id,vote\n1,1\n", 1, "no column 'voter-id' or"),
    "twice": ("vote,vote\n1,1\n", 1, "same name"),
    "short row": (VOTES + "9,,1\n", 5, "3 columns"),
    "long row": (VOTES + "9,,1,2,1,1\n", 5, "6 columns"),
    "not a vote": (VOTES + "9,,1,7,yes\n", 5, "vote is 'yes'"),
    "huge vote": (VOTES + f"9,,1,7,{'9' * 5000}\n", 5, "vote is '999"),
    "no person": (VOTES + "9,,1,,1\n", 5, "voter-id is empty"),
    "not a time": (VOTES + "now,,1,7,1\n", 5, "timestamp is 'now'"),
    "huge time": (VOTES + f"{'9' * 30},,1,7,1\n", 5, "timestamp is"),
    "open quote": (VOTES + '9,"x,1,7,1\n', 5, "not a row"),
    "quote first": ('"votes\n1\n', 1, "not a row of column names"),
    "after lines": ('timestamp,comment-id,voter-id,vote\n"1\n\nx",1,1,1\n', 2, "timestamp"),
    "not text": (VOTES.encode() + b"9,\xff,1,7,1\n", 5, "not UTF-8"),
    "group": ("participant,group-id,1\n1,x,1\n", 2, "group-id is 'x'"),
    "no statements": ("participant,sector\n1,company\n", 1, "none is the number of a statement"),
    "cell": ("participant,group-id,1\n1,0,2\n", 2, "vote is '2'"),
}


BAD_JSON = {
    "not json": ("[{]", 1, "not JSON"),
    "later": ('[\n{"pid": 1,}]', 2, "not JSON"),
    "deep": ("[" * 100_000, 1, "nested too deeply"),
    "long number": (f'[{{"pid": {"9" * 5000}}}]', 1, "too long"),
    "no list": ('{"a": 1}', 1, "not a list of votes"),
    "number": ("3", 1, "not a list of votes"),
    "no record": ("[\n 1]", 2, "not a record"),
    "no pid": ('[{"tid": 1, "vote": 1}]', 1, "no 'pid' or"),
    "null pid": ('[{"pid": null, "tid": 1, "vote": 1}]', 1, "pid is 'None'"),
    "no vote": ('[{"pid": 1, "tid": 1, "vote": 1},\n\n{"pid": 1, "tid": 1}]', 3, "no 'vote'"),
    "true": ('[{"pid": 1, "tid": 1, "vote": true}]', 1, "vote is 'True'"),
    "two": ('[{"pid": 1, "tid": 1, "vote": 2}]', 1, "vote is '2'"),
    "empty": ('[{"pid": "", "tid": 1, "vote": 1}]', 1, "pid is empty"),
    "time": ('[{"pid": 1, "tid": 1, "vote": 1, "modified": "now"}]', 1, "'now'"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_broken_table_is_refused_with_line_and_reason(tmp_path, name):
    text, line, reason = BAD[name]
    path = put(tmp_path, text)
    with pytest.raises(BadInputError) as refused:
        read_votes(path)
    assert refused.value.line == line
    assert reason in refused.value.reason
    assert str(refused.value).startswith(f"{path}:{line}: ")


@pytest.mark.parametrize("name", BAD_JSON)
def test_broken_json_is_refused_with_line_and_reason(tmp_path, name):
    text, line, reason = BAD_JSON[name]
    with pytest.raises(BadInputError) as refused:
        read_votes(put(tmp_path, text, "votes.json"))
    assert (refused.value.line, reason in refused.value.reason) == (line, True), refused.value


def test_a_vote_on_an_unknown_statement_is_refused_with_its_line(tmp_path):
    comments = put(tmp_path, "comment-id,comment-body\n1,Ett\n", "comments.csv")
    with pytest.raises(BadInputError, match=r"votes.csv:3: statement 2 is not in the list"):
        read_votes(put(tmp_path, VOTES), comments=comments)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("comment-id,moderated,comment-body\n1,5,x\n", "2: moderated is 5"),
        ("comment-id,moderated,comment-body\n1,maybe,x\n", "2: moderated is 'maybe'"),
        ("comment-id\n1\n", "1: no column 'comment-body'"),
    ],
)
def test_broken_comments_are_refused(tmp_path, text, reason):
    with pytest.raises(BadInputError, match=reason):
        read_votes(put(tmp_path, VOTES), comments=put(tmp_path, text, "c.csv"))


@pytest.mark.parametrize("record", ['{"txt": "x"}', '{"tid": 1, "agree_count": "many"}', "[]"])
def test_broken_comments_of_the_api_are_refused(tmp_path, record):
    comments = put(tmp_path, f"[\n{record}]", "c.json")
    with pytest.raises(BadInputError, match=r"c.json:2: "):
        read_votes(put(tmp_path, VOTES), comments=comments)


@pytest.mark.parametrize("name", ["v.csv.xz", "v.csv.gz", "v.csv.bz2"])
def test_a_broken_packed_file_is_refused(tmp_path, name):
    with pytest.raises((BadInputError, OSError)):
        read_votes(put(tmp_path, b"\x00\x01 not packed", name))


def test_a_missing_file_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_votes(tmp_path / "nowhere.csv")


@given(some.binary(max_size=200))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.parametrize("name", ["f.csv", "f.json"])
def test_any_bytes_give_votes_or_one_clear_line(tmp_path, name, raw):
    read_or_refuse(put(tmp_path, raw, name))


@pytest.mark.parametrize("seed", range(60))
def test_damaged_files_give_votes_or_one_clear_line(tmp_path, seed):
    chance = random.Random(seed)  # noqa: S311  a repeatable draw
    name, text = chance.choice([("f.csv", VOTES), ("f.json", json.dumps(API, indent=1))])
    raw = bytearray(text.encode())
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(raw))
        raw[at : at + chance.randint(0, 3)] = bytes(
            chance.choices(b'",;\n\r01-{}[]\xff\x00e9', k=2)
        )
    read_or_refuse(put(tmp_path, bytes(raw), name))
