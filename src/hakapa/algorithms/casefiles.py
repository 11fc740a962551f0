"""YAML files read so that every complaint can point at its line, and JSON written out."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from hakapa.algorithms.errors import BadInputError

Place = tuple[str | int, ...]

DEEPEST = 40
LARGE = 400_000  # bytes that take about a second to read
MOST_VALUES = 200_000  # aliases multiply: a small file must not grow beyond this


@dataclass(frozen=True)
class CaseFile:
    """What a YAML file holds, and the line of each value by its place in the file."""

    path: str
    content: Any
    lines: Mapping[Place, int]

    def refuse(self, reason: str, *place: str | int) -> BadInputError:
        """Make the error for a place; a place that is not there falls back to what holds it."""
        while place and place not in self.lines:
            place = place[:-1]
        return BadInputError(self.path, self.lines.get(place, 1), reason)


def read_case_file(path: Path | str) -> CaseFile:
    """Read a YAML file (UTF-8, with or without BOM, any line ends).

    Raises BadInputError for what is not UTF-8, not YAML, too deep, too large or named twice.
    """
    name, raw = str(path), Path(path).read_bytes()
    if len(raw) > LARGE:
        sys.stderr.write(f"reading {name}, {len(raw) // 1000} kB\n")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadInputError(name, line, "the file is not written in UTF-8") from None
    lines: dict[Place, int] = {}
    try:
        reader = _Reader(name, yaml.SafeLoader(text), lines)
        node = reader.loader.get_single_node()
        content = None if node is None else reader.value(node, ())
    except yaml.YAMLError as error:
        raise BadInputError(name, _line(error, text), _problem(error)) from None
    except RecursionError:
        raise BadInputError(name, 1, "the file is nested too deeply") from None
    return CaseFile(name, content, lines)


def _line(error: yaml.YAMLError, text: str) -> int:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    return text.count("\n", 0, getattr(error, "position", 0)) + 1


def _problem(error: yaml.YAMLError) -> str:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None)
    return f"not YAML: {problem}"


@dataclass
class _Reader:
    """Turns YAML nodes into plain values and notes their lines."""

    name: str
    loader: yaml.SafeLoader
    lines: dict[Place, int]

    def value(self, node: yaml.Node, place: Place) -> Any:
        """Read one node and everything in it."""
        line = node.start_mark.line + 1
        self.lines[place] = line
        if len(place) > DEEPEST or len(self.lines) > MOST_VALUES:
            raise BadInputError(self.name, line, "the file is too large or nested too deeply")
        if isinstance(node, yaml.SequenceNode):
            return [self.value(each, (*place, i)) for i, each in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, place)
        try:
            return self.loader.construct_object(node)
        except (ValueError, LookupError, AttributeError, ArithmeticError):
            shown = str(node.value)[:40]
            raise BadInputError(self.name, line, f"{shown} is not a value") from None

    def mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        """Read a mapping whose keys are plain words, each named once."""
        read: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise BadInputError(self.name, line, "a name must be a word")
            if key.value in read:
                raise BadInputError(self.name, line, f"{key.value} is named twice")
            read[key.value] = self.value(value, (*place, key.value))
            self.lines[*place, key.value] = line  # a complaint about a field points at its name
        return read


def write_json(target: str, content: object) -> None:
    """Write JSON to a file, or to standard output when the target is `-`."""
    text = json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n"
    if target == "-":
        sys.stdout.write(text)
    else:
        Path(target).write_text(text, encoding="utf-8")
