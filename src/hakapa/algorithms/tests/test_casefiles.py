import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hakapa.algorithms.casefiles import read_case_file, write_json
from hakapa.algorithms.errors import BadInputError

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "case.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.mark.parametrize(
    "text", [b"a: 1\nb: [x, 2]\n", b"\xef\xbb\xbfa: 1\nb: [x, 2]\n", b"a: 1\r\nb: [x, 2]\r\n"]
)
def test_a_file_is_read_whatever_its_line_ends_and_mark(written, text):
    file = read_case_file(written(text))

    assert file.content == {"a": 1, "b": ["x", 2]}
    assert file.lines["b", 1] == 2


@pytest.mark.parametrize("text", ["", " \n \n", "# only a remark\n", "---\n"])
def test_an_empty_file_holds_nothing(written, text):
    assert read_case_file(written(text)).content is None


def test_a_complaint_points_at_the_nearest_line_that_is_there(written):
    file = read_case_file(written("a:\n  b: 1\n  c: 2\n"))

    assert file.refuse("why", "a", "c").line == 3
    assert file.refuse("why", "a", "x", "y").line == 1
    assert str(file.refuse("why")) == f"{file.path}:1: why"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (b"a: 1\nb: \xff\n", 2, "not written in UTF-8"),
        ("a: 1\nb: [1\n", 3, "not YAML"),
        ("a: 1\nb: \x07\n", 2, "not YAML"),
        ("a: 1\n\nb: 2\na: 3\n", 4, "a is named twice"),
        ("? [1, 2]\n: 3\n", 1, "a name must be a word"),
        ("a: 2026-13-99\n", 1, "2026-13-99 is not a value"),
        ("a: !!timestamp soon\n", 1, "soon is not a value"),
        ("a: !!bool perhaps\n", 1, "perhaps is not a value"),
        ("a: " + "9" * 5000 + "\n", 1, "is not a value"),
        ("a: !!python/name:os.system x\n", 1, "not YAML"),
        ("a: *b\n", 1, "not YAML"),
        ("a: 1\n---\na: 2\n", 2, "not YAML"),
        ("a: &a [*a]\n", 1, "nested too deeply"),
        ("[" * 4000, 1, "nested too deeply"),
        ("a" + ": [" * 60 + "]" * 60, 1, "not YAML|too deeply"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_line_and_reason(written, text, line, reason):
    with pytest.raises(BadInputError, match=reason) as refusal:
        read_case_file(written(text))
    assert refusal.value.line == line


def test_a_small_file_cannot_grow_by_aliases(written):
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]

    with pytest.raises(BadInputError, match="too large"):
        read_case_file(written("\n".join(rows)))


@given(st.binary(max_size=60))
def test_any_bytes_give_values_or_one_clear_complaint(tmp_path_factory, raw):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(raw)

    try:
        complaint, content = None, read_case_file(path).content
    except BadInputError as refusal:
        complaint, content = refusal, None

    assert complaint is None or (complaint.line >= 1 and complaint.reason)
    assert content is None or json.dumps(content, default=str)


@given(st.dictionaries(st.text("abcå", min_size=1), plain))
def test_what_is_written_as_json_is_read_back(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "export.json"

    write_json(str(path), content)

    assert json.loads(path.read_text(encoding="utf-8")) == content


def test_reading_a_large_file_is_told(written, capsys):
    path = written("a: 1\n" + "# a remark\n" * 40_000)

    assert read_case_file(path).content == {"a": 1}
    assert capsys.readouterr().err == f"reading {path}, 440 kB\n"


def test_json_goes_to_standard_output_when_asked(capsys):
    write_json("-", {"å": 1})

    assert capsys.readouterr().out == '{\n  "å": 1\n}\n'
