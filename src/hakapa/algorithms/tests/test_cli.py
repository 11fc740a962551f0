import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import hakapa
from hakapa.algorithms.cli import COMMANDS, main


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text("total: 100\nweights: {a: 1, b: 3}\n")
    return path


def test_a_command_that_succeeds_returns_zero(case, capsys):
    assert main(["share", str(case), "--json", "-"]) == 0
    assert '"b": 7500' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([], "choose one of map, fund, share, rotate"),
        (["bake"], "invalid choice: 'bake'"),
        (["share"], "the following arguments are required: file"),
        (["share", "x", "--explain", "no"], "invalid choice: 'no'"),
        (["share", "/no/such/file"], "/no/such/file:1: No such file or directory"),
        (["share", "/"], "/:1: Is a directory"),
    ],
)
def test_a_command_that_makes_no_sense_returns_two_and_says_one_line(words, reason, capsys):
    assert main(words) == 2
    said = capsys.readouterr().err
    assert reason in said
    assert said.count("\n") == 1


def test_bad_input_is_one_line_with_file_line_and_reason(case, capsys):
    case.write_text("total: 100\nweights:\n  a: 1\n  b: -3\n")

    assert main(["share", str(case)]) == 2
    assert capsys.readouterr().err == f"{case}:4: weights of b must not be negative, and is -3\n"


def test_an_output_that_cannot_be_written_is_one_line(case, capsys):
    assert main(["share", str(case), "--json", "/no/such/place.json"]) == 2
    assert capsys.readouterr().err.startswith("/no/such/place.json:1: No such file")


@pytest.mark.parametrize("words", [["--help"], ["share", "--help"]])
def test_help_returns_zero(words, capsys):
    assert main(words) == 0
    assert "usage: hakapa" in capsys.readouterr().out


def test_every_command_is_named_in_the_help(capsys):
    main(["-h"])

    said = capsys.readouterr().out
    assert all(f"{name} " in said and meaning in said for name, (_, meaning) in COMMANDS.items())


def test_share_loads_neither_django_nor_the_other_libraries(case):
    script = (
        "import sys; from hakapa.algorithms.cli import main; code = main();"
        "others = ('django', 'hakapa.algorithms.opinion', 'hakapa.algorithms.budgeting');"
        "loaded = [name for name in others if name in sys.modules];"
        "sys.exit(code or len(loaded))"
    )
    ran = subprocess.run(  # noqa: S603  our own interpreter and script
        [sys.executable, "-c", script, "share", str(case)],
        capture_output=True,
        check=False,
        env={"PYTHONPATH": str(Path(hakapa.__file__).parents[1])},
    )
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_words_come_from_the_command_line_when_none_are_given(case, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["hakapa", "share", str(case), "--explain", "en"])

    assert main() == 0
    assert "b gets the share SEK\u00a075.00" in capsys.readouterr().out


def test_the_module_runs_as_a_program(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["hakapa"])
    monkeypatch.delitem(sys.modules, "hakapa.algorithms.cli")

    with pytest.raises(SystemExit) as leaving:
        runpy.run_module("hakapa.algorithms.cli", run_name="__main__")

    assert leaving.value.code == 2
    assert "choose one of" in capsys.readouterr().err
