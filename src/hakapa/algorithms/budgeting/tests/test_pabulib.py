import lzma
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakapa.algorithms.budgeting.pabulib import parse_pb, read_pb
from hakapa.algorithms.budgeting.result import fund
from hakapa.algorithms.budgeting.tests.elections import drawn
from hakapa.algorithms.budgeting.writing import format_pb
from hakapa.algorithms.errors import BadInputError

GOOD = """META
key;value
description;A small election
num_projects;3
num_votes;4
budget;1000
vote_type;approval
PROJECTS
project_id;cost;votes;name
1;300;3;Path
2;400.50;2;"Benches; and trees"
7;600;1;
VOTES
voter_id;vote;age
a;1,2;34
b;1;
c;2,1;20
d;;
"""


def points_of(election):
    return [value * election.ballots.points_unit for value in election.ballots.points.tolist()]


def ballots_of(election):
    ids = [project.id for project in election.projects]
    starts = election.ballots.starts.tolist()
    rows = [
        [ids[number] for number in election.ballots.chosen[low:high]]
        for low, high in pairwise(starts)
    ]
    return [rows[number] for number in election.ballot_of]


def test_a_file_is_read_as_it_stands():
    election = parse_pb(GOOD)
    assert election.budget == 1000
    assert [project.cost for project in election.projects] == [300, Fraction(801, 2), 600]
    assert [project.name for project in election.projects] == ["Path", "Benches; and trees", ""]
    assert election.projects[0].columns == (("votes", "3"),)
    assert election.voter_ids == ("a", "b", "c", "d")
    assert ballots_of(election) == [["1", "2"], ["1"], ["2", "1"], []]
    assert election.notices == ()
    assert election.currency == ""


def test_what_voters_say_of_themselves_is_kept_only_when_asked_for():
    assert parse_pb(GOOD).columns == ()
    election = parse_pb(GOOD, keep_columns=True)
    assert election.columns == ("age",)
    assert election.cells == (("34",), ("",), ("20",), ("",))
    assert "a;1,2;34" in format_pb(election)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace("a;1,2;34", "\na;1,2;34\n;;\n"),
        lambda text: text.replace("a;1,2;34", " a ; 1, 2 ;34"),
        lambda text: text.replace("a;1,2;34", '"a";"1,2";34'),
        lambda text: text.replace("a;1,2;34", "a;1,2"),
        lambda text: text.replace("d;;", "d;none;"),
        lambda text: text.replace("d;;", "d"),
        lambda text: text.replace("budget;1000", "budget;1000,0"),
        lambda text: text.replace("budget;1000", "budget;1e3"),
        lambda text: text.replace("budget", "\nbudget"),
        lambda text: text.replace("META", "meta;;"),
        lambda text: text.replace("voter_id;vote;age", "voter_id;vote;age;"),
        lambda text: text.replace("name\n", "name;\n"),
        lambda text: text + "\n\n",
        lambda text: text.rstrip("\n"),
    ],
)
def test_marks_and_blanks_of_other_programs_change_nothing(change):
    assert ballots_of(parse_pb(change(GOOD))) == ballots_of(parse_pb(GOOD))
    assert parse_pb(change(GOOD)).budget == 1000


def cumulative(rows, extra=""):
    text = GOOD.replace("approval", "cumulative").partition("voter_id")[0]
    return parse_pb(f"{text}voter_id;vote;points{extra}\n{rows}\n")


def test_points_are_read_beside_their_projects():
    election = cumulative("a;1,2;3,1\nb;7;5\nc;;\nd;1;2")
    assert points_of(election) == [3, 1, 5, 2]
    assert points_of(cumulative("a;1,2;0.5,1,\n".replace(",\n", ""))) == [Fraction(1, 2), 1]
    assert points_of(cumulative("a;1,2;-1,2")) == [-1, 2]
    assert points_of(cumulative("a;1;1099511627775")) == [2**40 - 1]
    assert len(cumulative("a;;").ballots.points) == 0
    assert points_of(parse_pb(format_pb(election))) == points_of(election)


def test_weights_say_how_many_voters_a_row_stands_for():
    election = cumulative("a;1;1;2.5\nb;2;1;", ";weight")
    assert election.weights == (Fraction(5, 2), 1)
    assert election.weight(0) == Fraction(5, 2)
    assert cumulative("a;1;1;1", ";weight").weights is None


def test_a_project_named_twice_on_a_ballot_counts_once_and_its_points_add_up():
    election = parse_pb(GOOD.replace("a;1,2;34", "a;1,2,1;34"))
    assert ballots_of(election)[0] == ["1", "2"]
    assert election.notices == ("line 15: a project is named twice on one ballot: counted once",)
    election = cumulative("a;1,2,1;3,1,2\nb;1;1\nc;1;1\nd;1;1")
    assert points_of(election)[:2] == [5, 1]
    assert "points added" in election.notices[0]


def test_counts_that_do_not_match_are_told():
    assert parse_pb(GOOD.replace("num_votes;4", "num_votes;5")).notices == (
        "line 5: num_votes says 5, the file holds 4",
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        (GOOD, "", 1, "ends without the section META"),
        (GOOD, "hello\n", 1, "does not begin with the section META"),
        ("META", "PROJECTS", 1, "does not begin with the section META"),
        ("PROJECTS", "VOTES", 8, "section VOTES stands here instead of PROJECTS"),
        ("VOTES\n", "", 18, "ends without the section VOTES"),
        ("budget;1000", "budget", 6, "has the key 'budget' without a value"),
        ("budget;1000", "budget;1;2\nbudget;2", 7, "META has 'budget' twice"),
        ("budget;1000\n", "", 6, "META has no budget"),
        ("budget;1000", "budget;a lot", 6, "the budget is not a number: 'a lot'"),
        ("budget;1000", "budget;nan", 6, "the budget is not a number: 'nan'"),
        ("budget;1000", "budget;1e999", 6, "the budget is not a number"),
        ("budget;1000", "budget;" + "9" * 5000, 6, "the budget is not a number"),
        ("budget;1000", "budget;0", 6, "the budget is not above 0"),
        ("approval", "guessing", 7, "vote_type 'guessing' is none of"),
        ("approval", "cumulative", 14, "VOTES has no column points"),
        ("project_id;cost;votes;name", "id;cost", 9, "PROJECTS has no column project_id"),
        ("cost;votes;name", "cost;cost;name", 9, "PROJECTS has the column cost twice"),
        ("1;300;3;Path", "1;300;3;Path;x", 10, "has 5 cells where the header has 4"),
        ("1;300", ";300", 10, "'' cannot be a project's id"),
        ("1;300", '"1,2";300', 10, "'1,2' cannot be a project's id"),
        ("7;600", "1;600", 12, "project 1 is listed twice"),
        ("7;600", "7;", 12, "the cost of project 7 is not a number: ''"),
        ("7;600", "7;-600", 12, "the cost of project 7 is below 0"),
        ("voter_id;vote;age", "", 14, "the section VOTES is empty"),
        ("voter_id", "voter", 14, "VOTES has no column voter_id"),
        ("b;1;\n", "b;1,9;\n", 16, "there is no project '9'"),
        ("b;1;\n", "b;1,;\n", 16, "there is no project ''"),
        ("b;1;\n", "b;1;3;4\n", 16, "has 4 cells where the header has 3"),
        ("b;1;\n", "a;1;3\n", 16, "voter a has voted already on line 15"),
        ("b;1;\n", ";1;3\n", 16, "the voter has no voter_id"),
        ("b;1;\n", 'b;"1;3\n', 16, "a quoted cell does not end"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(old, new, line, reason):
    text = GOOD.replace(old, new, 1)
    if old == "voter_id;vote;age":
        text = text.partition("VOTES")[0] + "VOTES\n"
    with pytest.raises(BadInputError) as caught:
        parse_pb(text, source="file.pb")
    assert caught.value.line == line
    assert reason in caught.value.reason
    assert str(caught.value).startswith(f"file.pb:{line}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a;1,2;3", "names 2 projects and gives 1 points"),
        ("a;;3", "names 0 projects and gives 1 points"),
        ("a;1;many", "a point is not a number: 'many'"),
        ("a;1;2000000000000", "points as large as that"),
        ("a;1,2,7;0.0000000000000001,1000000000,1", "too large or too finely divided"),
        ("a;1;1;0", "the weight is not above 0"),
        ("a;1;1;x", "the weight is not a number"),
    ],
)
def test_wrong_points_and_weights_are_said_with_their_line(row, reason):
    with pytest.raises(BadInputError, match=r"^election:15: ") as caught:
        cumulative(row, ";weight")
    assert reason in caught.value.reason


def test_files_are_opened_plain_and_compressed(tmp_path):
    (tmp_path / "a.pb").write_text(GOOD, encoding="utf-8")
    (tmp_path / "a.pb.xz").write_bytes(lzma.compress(GOOD.encode()))
    assert read_pb(tmp_path / "a.pb").budget == read_pb(tmp_path / "a.pb.xz").budget


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("no.pb", None, "no.pb:1: cannot be opened: No such file or directory"),
        ("bad.pb.xz", b"not xz", "bad.pb.xz:1: is not a complete xz file"),
        ("bad.pb", b"META\nkey;value\n\xff\xfe", "bad.pb:3: is not text in UTF-8"),
    ],
)
def test_files_that_cannot_be_opened_are_told(tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInputError) as caught:
        read_pb(tmp_path / name)
    assert str(caught.value).endswith(message)


@drawn
@given(st.data())
def test_a_damaged_file_gives_a_result_or_one_line(data):
    text = data.draw(st.sampled_from([GOOD, GOOD.replace("approval", "ordinal")]))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        until = data.draw(st.integers(at, min(len(text), at + 20)))
        noise = st.text(alphabet='";,\n\r\t019aé-.\x00', max_size=6)
        text = text[:at] + data.draw(noise) + text[until:]
    try:
        election = parse_pb(text)
    except BadInputError as error:
        lines, line = str(error).splitlines(), error.line
        assert len(lines) == 1
        assert 1 <= line <= len(text) + 1
    else:
        assert fund(election).cost <= election.budget
