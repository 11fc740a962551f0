"""Tables in text files: any of the usual separators, with or without a byte order mark."""

import bz2
import codecs
import csv
import gzip
import io
import lzma
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from hakapa.algorithms.errors import BadInputError

OPENERS = {".xz": lzma.open, ".gz": gzip.open, ".bz2": bz2.open}
SEPARATORS = (",", ";", "\t")
BROKEN = (lzma.LZMAError, EOFError, zlib.error, gzip.BadGzipFile)
FIRST_END = re.compile(rb"\r\n|\n|\r")
LONGEST = 1_000_000  # letters in one cell


def opened(path: Path) -> IO[bytes]:
    """Open a file for reading, unpacking .xz, .gz and .bz2."""
    opener: Any = OPENERS.get(path.suffix)
    stream: IO[bytes] = opener(path, "rb") if opener else path.open("rb")
    return stream


def bytes_of(path: Path) -> bytes:
    """Read a whole file of UTF-8 text, unpacked; raises BadInputError when it is none."""
    try:
        with opened(path) as stream:
            raw = stream.read()
    except BROKEN as error:
        raise BadInputError(path, 1, f"the packed file is broken ({error})") from error
    try:
        if not raw.isascii():
            raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadInputError(path, line, "not UTF-8 text") from error
    return raw.removeprefix(codecs.BOM_UTF8)


def text_of(path: Path) -> str:
    """Read a whole file as UTF-8 text; raises BadInputError when it is none."""
    return bytes_of(path).decode()


@dataclass(frozen=True)
class Row:
    """One row: the line it starts on, and its cells by column name."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A table: the names of its columns, in order, and its text as bytes."""

    path: Path
    columns: tuple[str, ...]
    separator: str
    raw: bytes

    def rows(self, at: int | None = None, line: int = 2) -> Iterator[Row]:
        """Give the rows after the first; empty lines are skipped, broken ones raise.

        With `at`, start from the row at that byte, on that line.
        """
        stream = io.BytesIO(self.raw)
        stream.seek(self._second() if at is None else at)
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        reader = csv.reader(text, delimiter=self.separator, strict=True)
        before, width = line - 1, len(self.columns)
        try:
            for cells in reader:
                if cells:
                    if len(cells) != width:
                        reason = f"{len(cells)} columns where the first line has {width}"
                        raise BadInputError(self.path, line, reason)
                    yield Row(line, dict(zip(self.columns, cells, strict=True)))
                line = before + reader.line_num + 1
        except csv.Error as error:
            raise BadInputError(self.path, line, f"not a row of the table ({error})") from error

    def _second(self) -> int:
        """Find where the second line starts."""
        found = FIRST_END.search(self.raw)
        return found.end() if found else len(self.raw)

    def column(self, *names: str) -> str:
        """Give the first of these names that is a column; raises BadInputError when none is."""
        for name in names:
            if name in self.columns:
                return name
        wanted = " or ".join(repr(name) for name in names)
        raise BadInputError(self.path, 1, f"no column {wanted}")


def table_of(path: Path) -> Table:
    """Read a table; raises BadInputError when there is none."""
    raw = bytes_of(path)
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST))
    first = FIRST_END.split(raw, maxsplit=1)[0].decode()
    if not first.strip():
        raise BadInputError(path, 1, "the first line is empty" if raw else "the file is empty")
    separator = max(SEPARATORS, key=first.count)
    try:
        names = next(csv.reader([first], delimiter=separator, strict=True))
    except csv.Error as error:
        raise BadInputError(path, 1, f"not a row of column names ({error})") from error
    columns = tuple(name.strip().lower() for name in names)
    if len(set(columns)) < len(columns):
        raise BadInputError(path, 1, "two columns have the same name")
    return Table(path, columns, separator, raw)


def whole(path: Path, row: Row, name: str) -> int:
    """Read a whole number; raises BadInputError with the line."""
    cell = row.cells[name].strip()
    digits = cell[1:] if cell[:1] in "+-" else cell
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):  # noqa: PLR2004  int64
        raise BadInputError(path, row.line, f"{name} is {cell[:40]!r}, not a whole number")
    return int(cell)


def answer(path: Path, line: int, cell: str) -> int:
    """Read a vote; raises BadInputError with the line."""
    vote = {"1": 1, "+1": 1, "0": 0, "-1": -1, "1.0": 1, "0.0": 0, "-1.0": -1}.get(cell.strip())
    if vote is None:
        raise BadInputError(path, line, f"vote is {cell[:40]!r}, not 1, 0 or -1")
    return vote
