import argparse
import json
import subprocess
import sys

import pytest

from hakapa.algorithms.budgeting import command
from hakapa.algorithms.budgeting.export import exported, recomputed
from hakapa.algorithms.budgeting.tests.test_pabulib import GOOD


@pytest.fixture
def election(tmp_path):
    path = tmp_path / "election.pb"
    path.write_text(GOOD, encoding="utf-8")
    return path


def run(*words):
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    args = parser.parse_args(["fund", *map(str, words)])
    return args.run(args)


def test_the_result_is_written_as_json_and_as_a_page(election, tmp_path, capsys):
    out, page = tmp_path / "result.json", tmp_path / "result.html"
    assert run(election, "--completion", "add1u", "--json", out, "--html", page) == 0
    written = json.loads(out.read_text(encoding="utf-8"))
    assert written["winners"] == ["1", "2"]
    assert exported(recomputed(written)) == written
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert capsys.readouterr() == ("", "")


def test_a_dash_writes_json_to_standard_output_and_words_to_standard_error(election, capsys):
    assert run(election, "--json", "-", "--payments", "--explain", "7", "--language", "en") == 0
    said = capsys.readouterr()
    assert len(json.loads(said.out)["payments"]) == 4
    assert "7 costs 600, had 0 votes and is not funded." in said.err


def test_without_json_the_result_is_told(election, capsys):
    assert run(election) == 0
    assert "1 av 3 projekt får pengar." in capsys.readouterr().out


def test_a_project_and_a_voter_are_explained(election, capsys):
    assert run(election, "--explain", "1", "--voter", "c", "--language", "en") == 0
    said = capsys.readouterr().out
    assert "1 Path costs 300, had 3 votes and is funded as number 1." in said
    assert "Voter c had 250." in said


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--explain", "99"], ":1: there is no project '99'"),
        (["--voter", "99"], ":1: there is no voter '99'"),
        (["--utility", "borda"], ":1: borda needs rankings, and the vote type is approval"),
        (["--step", "x"], ":1: the step is not a number: 'x'"),
        (["--step", "0"], ":1: the step of add1 must be above 0"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_code_2(election, capsys, words, reason):
    assert run(election, *words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"{election}{reason}\n"


def test_a_bad_file_is_one_line_and_exit_code_2(election, capsys):
    election.write_text(GOOD.replace("7;600", "7;dear"), encoding="utf-8")
    assert run(election) == 2
    assert (
        capsys.readouterr().err == f"{election}:12: the cost of project 7 is not a number: 'dear'\n"
    )


def test_a_result_that_cannot_be_written_is_one_line_and_exit_code_2(election, tmp_path, capsys):
    target = tmp_path / "nowhere" / "result.json"
    assert run(election, "--json", target) == 2
    assert capsys.readouterr().err == f"{target}:1: cannot be written: No such file or directory\n"


def test_notices_about_the_file_go_to_standard_error(election, capsys):
    election.write_text(GOOD.replace("num_votes;4", "num_votes;9"), encoding="utf-8")
    assert run(election) == 0
    assert f"{election}: line 5: num_votes says 9, the file holds 4\n" in capsys.readouterr().err


def test_progress_is_told_when_it_takes_more_than_a_second(election, capsys, monkeypatch):
    monkeypatch.setattr(command, "QUIET_SECONDS", -1.0)
    assert run(election, "--completion", "add1") == 0
    assert "add1: 0 raises so far" in capsys.readouterr().err
    monkeypatch.setattr(command, "QUIET_SECONDS", 3600.0)
    assert run(election, "--completion", "add1") == 0
    assert capsys.readouterr().err == ""


def test_the_library_needs_no_settings_and_no_django():
    code = "import sys, hakapa.algorithms.budgeting as b; print(b.fund, 'django' in sys.modules)"
    done = subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=None
    )
    assert done.stdout.rstrip().endswith("False")
