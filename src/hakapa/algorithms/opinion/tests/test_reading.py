import gzip
import json
import lzma
import random
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from hakapa.algorithms.errors import BadInputError
from hakapa.algorithms.opinion import polis_files
from hakapa.algorithms.opinion.mapping import map_opinions
from hakapa.algorithms.opinion.parquet import write_parquet
from hakapa.algorithms.opinion.plain_rows import Numbers, plain_rows
from hakapa.algorithms.opinion.reading import read_conversation, read_votes
from hakapa.algorithms.opinion.tables import table_of
from hakapa.algorithms.opinion.tests.rooms import camps, conversations
from hakapa.algorithms.opinion.writing import write_metagov, write_polis

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


PLAIN = "a,voter-id,comment-id,vote\nx,10,-2,1\n,0,3,-1\r\n\n\r\nö,5,4,0"


@pytest.mark.parametrize("extra", ["", "\n", "\r\n\n"])
def test_a_plain_table_is_read_by_the_compiled_loop_as_row_by_row(tmp_path, monkeypatch, extra):
    path = put(tmp_path, PLAIN + extra)
    table = table_of(path)
    found = plain_rows(table.raw, ",", 4, [1, 2, 3])
    assert found.stopped is None
    assert found.cells.tolist() == [[10, -2, 1], [0, 3, -1], [5, 4, 0]]
    assert found.lines.tolist() == [2, 3, 6]
    quick = rows_of(path)
    monkeypatch.setattr(
        polis_files, "plain_rows", lambda *_: Numbers(found.cells, found.lines, (27, 2))
    )
    assert rows_of(path) == quick


@pytest.mark.parametrize(
    "row",
    [
        *("1", "1,2,3,1,5", "1,x,3,1", "1,,3,1", "1,-,3,1", "1,--2,3,1", "1,2-,3,1", "1,02,3,1"),
        *("1,-0,3,1", '1,"2",3,1', "1,2,3,1\r", f"1,{'9' * 18},3,1", "1, 2,3,1", "1,+2,3,1", "\r"),
    ],
)
def test_a_row_that_is_not_plain_stops_the_compiled_loop(row):
    raw = b"a,b,c,d\n1,2,3,1\n\n" + row.encode()
    found = plain_rows(raw, ",", 4, [1, 2, 3])
    assert found.stopped == (17, 4)
    assert found.cells.tolist() == [[2, 3, 1]]


@given(some.lists(some.text(alphabet='01-9,\n\r"x', max_size=9), max_size=5))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_compiled_loop_never_reads_what_row_by_row_refuses(tmp_path, rows):
    path = put(tmp_path, "voter-id,comment-id,vote\n" + "\n".join(rows), "any.csv")
    table = table_of(path)
    found = plain_rows(table.raw, ",", 3, [0, 1, 2])
    if found.stopped is None:
        cells = [[int(cell) for cell in row.cells.values()] for row in table.rows()]
        assert found.cells.tolist() == cells
        assert found.lines.tolist() == [row.line for row in table.rows()]


def test_a_table_may_end_after_its_first_line(tmp_path):
    assert rows_of(put(tmp_path, "voter-id,comment-id,vote")) == []


def test_sectors_are_read_by_participant(tmp_path):
    sectors = put(tmp_path, "participant;sector\n8;kommun\n7;företag\n9;kommun\n", "s.csv")
    votes = read_votes(put(tmp_path, VOTES), sectors=sectors)
    assert votes.sectors == ("företag", "kommun")
    named = put(tmp_path, "participant,statement,vote\nanna,1,1\n", "n.csv")
    sectors = put(tmp_path, "participant,sector\nanna,kommun\n", "s2.csv")
    assert read_votes(named, sectors=sectors).sectors == ("kommun",)


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
SAID = [
    {"tid": 1, "txt": "Ett", "mod": 1, "is_meta": False, "agree_count": 1, "disagree_count": 0},
    {"tid": 2, "txt": "Två", "mod": -1, "is_meta": True, "agree_count": 0, "disagree_count": 1},
]


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
    "cell": ("participant,group-id,1\n1,0,2\n", 2, "vote is '2'"),
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


@pytest.mark.parametrize("name", ["v.parquet", "v.arrow"])
def test_parquet_is_read_as_written(tmp_path, name):
    arrow = pytest.importorskip("pyarrow")
    votes = camps()
    path = tmp_path / name
    if name.endswith("arrow"):
        feather = pytest.importorskip("pyarrow.feather")
        who = np.repeat(votes.participants, votes.cast)
        table = {"pid": who, "tid": votes.columns.astype(int), "vote": votes.values}
        feather.write_feather(arrow.table(table), path)
    else:
        write_parquet(votes, path)
    assert rows_of(path) == list(votes.rows())


@pytest.mark.parametrize(
    ("columns", "line", "reason"),
    [
        ({"participant": [1], "vote": [1]}, 1, "no columns"),
        ({"participant": [1, 2], "statement": [1, 1], "vote": [1, 3]}, 2, "not 1, 0 or -1"),
        ({"participant": [1], "statement": [1], "vote": ["x"]}, 1, "not 1, 0 or -1"),
        ({"participant": [1, None], "statement": [1, 1], "vote": [1, 1]}, 2, "is missing"),
    ],
)
def test_broken_parquet_is_refused(tmp_path, columns, line, reason):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(arrow.table(columns), tmp_path / "v.parquet")
    with pytest.raises(BadInputError) as refused:
        read_votes(tmp_path / "v.parquet")
    assert refused.value.line == line
    assert reason in refused.value.reason


def test_parquet_may_name_people_and_times(tmp_path):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    columns = {"participant": ["b", "b"], "statement": [1, 1], "vote": [1, -1], "timestamp": [9, 4]}
    parquet.write_table(arrow.table(columns), tmp_path / "v.parquet")
    assert rows_of(tmp_path / "v.parquet") == [("b", 1, 1)]


@pytest.mark.parametrize("name", ["v.parquet", "v.feather"])
def test_what_is_no_parquet_is_refused(tmp_path, name):
    pytest.importorskip("pyarrow")
    with pytest.raises(BadInputError, match="not a Parquet or Arrow file"):
        read_votes(put(tmp_path, "hello", name))


def test_without_pyarrow_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ModuleNotFoundError, match=r"hakapa\[parquet\]"):
        read_votes(put(tmp_path, "x", "v.parquet"))


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
