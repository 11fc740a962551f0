import json
import sys
import time

import pytest

from hakapa.algorithms import cli
from hakapa.algorithms.opinion import command
from hakapa.algorithms.opinion.tests.rooms import camps
from hakapa.algorithms.opinion.writing import write_polis


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """A slow machine tells progress; these tests read what is said apart from that."""
    monkeypatch.setattr(command, "QUIET", 3600.0)


@pytest.fixture
def export(tmp_path):
    """A Polis export on disk."""
    write_polis(camps(), tmp_path)
    return tmp_path


def test_the_map_is_written_as_json_svg_and_html(export, capsys):
    words = ["map", str(export / "votes.csv"), "--comments", str(export / "comments.csv")]
    for kind in ("json", "svg", "html"):
        words += [f"--{kind}", str(export / f"map.{kind}")]
    assert cli.main(words) == 0
    told = json.loads((export / "map.json").read_text(encoding="utf-8"))
    assert told["k"] == 2
    assert len(told["inputs"]["votes"]["vote"]) == told["n_votes"]
    assert (export / "map.svg").read_text(encoding="utf-8").startswith("<svg")
    assert "<table>" in (export / "map.html").read_text(encoding="utf-8")
    assert capsys.readouterr() == ("", "")


def test_json_may_go_to_standard_output_without_votes_or_persons(export, capsys):
    path = str(export / "votes.csv")
    assert cli.main(["map", path, "--json", "-", "--no-votes"]) == 0
    assert "inputs" not in json.loads(capsys.readouterr().out)
    assert cli.main(["map", path, "--json", "-", "--public"]) == 0
    assert "projection" not in json.loads(capsys.readouterr().out)


def test_a_map_is_computed_again_from_its_document(export, capsys):
    first, again = export / "map.json", export / "again.json"
    assert cli.main(["map", str(export / "votes.csv"), "--json", str(first)]) == 0
    assert cli.main(["map", str(first), "--recompute", "--json", str(again)]) == 0
    assert again.read_bytes() == first.read_bytes()


@pytest.mark.parametrize("text", ["{}", "[]", "{", '{"inputs": 1}', "\udcff"])
def test_what_is_no_document_is_refused_in_one_line(export, capsys, text):
    bad = export / "bad.json"
    bad.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert cli.main(["map", str(bad), "--recompute"]) == 2
    assert capsys.readouterr().err.startswith(f"{bad}:1: ")


def test_without_a_file_to_write_the_map_explains_itself(export, capsys):
    assert cli.main(["map", str(export / "votes.csv"), "--language", "en"]) == 0
    assert "40 participants have cast" in capsys.readouterr().out


def test_bad_input_gives_one_line_and_exit_code_2(export, capsys):
    bad = export / "bad.csv"
    bad.write_text("comment-id,voter-id,vote\n1,1,9\n")
    assert cli.main(["map", str(bad)]) == 2
    out, told = capsys.readouterr()
    assert (out, told) == ("", f"{bad}:2: vote is '9', not 1, 0 or -1\n")
    assert cli.main(["map", str(export / "absent.csv")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_more_statements_than_can_be_mapped_are_refused_in_one_line(export, capsys):
    many = export / "many.csv"
    many.write_text("voter-id,comment-id,vote\n" + "".join(f"1,{at},1\n" for at in range(20_001)))
    assert cli.main(["map", str(many)]) == 2
    assert capsys.readouterr().err == f"{many}:1: 20001 statements: at most 20000 can be mapped\n"


def test_a_missing_library_is_told_in_one_line(export, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    path = export / "votes.parquet"
    path.write_bytes(b"")
    assert cli.main(["map", str(path)]) == 2
    assert capsys.readouterr().err.endswith("needs pyarrow: pip install 'hakapa[parquet]'\n")


def test_progress_is_told_only_after_a_second(capsys, monkeypatch):
    monkeypatch.setattr(command, "QUIET", 1.0)
    progress = command.Progress()
    progress.say("quick")
    progress.started = time.monotonic() - 2
    progress.say("slow")
    assert capsys.readouterr().err.endswith(" s: slow\n")
