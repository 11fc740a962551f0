"""Reading a conversation from Polis' export: pure, without a database.

The export is a folder with `comments.csv`, the votes as `votes.csv` (every answer with its
time) or `participants-votes.csv` (a row of last answers for each participant) or both, and
perhaps `summary.csv` with the topic. In it 1 is agree, -1 disagree and 0 pass: the counts of
agreement in `participants-votes.csv` say so. (Polis' own interface has the other sign.)
Each file may lie packed as `.xz`.
"""

import csv
import hashlib
import io
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from hakapa.kernel.tables import as_written
from hakapa.kernel.text import tidy

_COMMENTS, _SUMMARY = "comments.csv", "summary.csv"
_VOTES, _MATRIX = "votes.csv", "participants-votes.csv"
_ANSWERS = {"1": 1, "0": 0, "-1": -1}
_LONGEST = 1000
_MODERATED_AWAY = "-1"


class BrokenExportError(Exception):
    """The export cannot be read: which file, which line, and why."""

    def __init__(self, file: str, reason: str, line: int | None = None) -> None:
        place = file if line is None else f"{file}, line {line}"
        super().__init__(f"{place}: {reason}")


@dataclass(frozen=True, slots=True)
class Statement:
    """A comment that people answered; without an author when the export tells none."""

    number: str
    author: str
    at: datetime
    text: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A participant's last answer to a statement; without a time when the export has none."""

    value: int
    at: datetime | None = None


Answers: TypeAlias = dict[tuple[str, str], Answer]  # by participant and statement


@dataclass(frozen=True)
class Conversation:
    """What people said, and what each of them answered."""

    topic: str
    about: str
    address: str
    statements: dict[str, Statement]
    participants: list[str]
    answers: Answers
    differing: int  # answers that votes.csv and participants-votes.csv do not agree on

    @property
    def fingerprint(self) -> str:
        """Return what tells this conversation from every other, however its files are packed."""
        digest = hashlib.sha256()
        for s in sorted(self.statements.values(), key=lambda s: s.number):
            digest.update(f"{s.number}\t{s.author}\t{s.is_hidden}\t{s.text}\n".encode())
        answers = sorted((*key, answer.value) for key, answer in self.answers.items())
        digest.update("\n".join(f"{p}\t{s}\t{v}" for p, s, v in answers).encode())
        return f"polis:{digest.hexdigest()}"


def read(folder: Path) -> Conversation:
    """Read and check the export in the folder.

    Raises:
        BrokenExportError: a file is missing, empty, or has a line that makes no sense.

    """
    statements = _statements(folder)
    votes, matrix = _find(folder, _VOTES), _find(folder, _MATRIX)
    if votes is None and matrix is None:
        raise BrokenExportError(_VOTES, f"not found in {folder}, and no {_MATRIX} either")
    rows, last = _answer_rows(matrix, statements) if matrix else (set(), {})
    timed = _timed_answers(votes, statements) if votes else {}
    answers = timed if votes else last
    if not answers:
        raise BrokenExportError(_VOTES if votes else _MATRIX, "has no answers")
    authors = (statement.author for statement in statements.values() if statement.author)
    people = {*rows, *authors, *(participant for participant, _ in answers)}
    summary = _summary(folder)
    return Conversation(
        topic=summary.get("topic", ""),
        about=summary.get("conversation-description", ""),
        address=summary.get("url", ""),
        statements=statements,
        participants=sorted(people, key=lambda p: (len(p), p)),
        answers=answers,
        differing=_differing(timed, last) if votes and matrix else 0,
    )


def _statements(folder: Path) -> dict[str, Statement]:
    path = _find(folder, _COMMENTS)
    if path is None:
        raise BrokenExportError(_COMMENTS, f"not found in {folder}")
    columns = ("timestamp", "comment-id", "author-id", "moderated", "comment-body")
    statements: dict[str, Statement] = {}
    for line, (at, number, author, moderated, text) in _columns(path, _COMMENTS, columns):
        if number in statements:
            raise BrokenExportError(_COMMENTS, f"comment {number} stands twice", line)
        words = tidy(as_written(text))
        if not words or len(words) > _LONGEST:
            reason = f"the comment has {len(words)} characters; 1 to {_LONGEST} can be kept"
            raise BrokenExportError(_COMMENTS, reason, line)
        statements[number] = Statement(
            number=number,
            author=author,
            at=_moment(_COMMENTS, at, line),
            text=words,
            is_hidden=moderated == _MODERATED_AWAY,
        )
    if not statements:
        raise BrokenExportError(_COMMENTS, "has no comments")
    return statements


def _timed_answers(path: Path, statements: dict[str, Statement]) -> Answers:
    """Return each participant's last answer; of two at the same time, the later line's."""
    answers: Answers = {}
    columns = ("timestamp", "comment-id", "voter-id", "vote")
    for line, (at, number, voter, vote) in _columns(path, _VOTES, columns):
        if number not in statements:
            raise BrokenExportError(_VOTES, f"no comment {number!r} in {_COMMENTS}", line)
        moment = _moment(_VOTES, at, line)
        earlier = answers.get((voter, number))
        if earlier is None or earlier.at is None or earlier.at <= moment:
            answers[voter, number] = Answer(_value(_VOTES, vote, line), moment)
        else:
            _value(_VOTES, vote, line)
    return answers


def _answer_rows(path: Path, statements: dict[str, Statement]) -> tuple[set[str], Answers]:
    """Return every participant, and the answers that their rows hold."""
    lines = _lines(path, _MATRIX)
    _, header = next(lines, (1, []))
    if "participant" not in header:
        raise BrokenExportError(_MATRIX, "has no column “participant”", 1)
    numbers = [(place, name) for place, name in enumerate(header) if name.isdecimal()]
    for _place, number in numbers:
        if number not in statements:
            raise BrokenExportError(_MATRIX, f"no comment {number!r} in {_COMMENTS}", 1)
    who, answers, seen = header.index("participant"), Answers(), set[str]()
    for line, row in lines:
        if row[who] in seen:
            raise BrokenExportError(_MATRIX, f"participant {row[who]} stands twice", line)
        seen.add(row[who])
        for place, number in numbers:
            if cell := row[place]:
                answers[row[who], number] = Answer(_value(_MATRIX, cell, line))
    return seen, answers


def _differing(timed: Answers, last: Answers) -> int:
    missing = Answer(2)
    keys = timed.keys() | last.keys()
    return sum(timed.get(key, missing).value != last.get(key, missing).value for key in keys)


def _summary(folder: Path) -> dict[str, str]:
    path = _find(folder, _SUMMARY)
    if path is None:
        return {}
    rows = csv.reader(io.StringIO(_text(path, _SUMMARY)))
    return {row[0]: as_written(row[1]) for row in rows if len(row) > 1}


def _columns(path: Path, file: str, names: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Yield the line number and the named columns of each row."""
    lines = _lines(path, file)
    _, header = next(lines, (1, []))
    for name in names:
        if name not in header:
            raise BrokenExportError(file, f"has no column “{name}”", 1)
    places = [header.index(name) for name in names]
    for line, row in lines:
        yield line, [row[place] for place in places]


def _lines(path: Path, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield every row with the number of its line, the header first, all equally long."""
    reader = csv.reader(io.StringIO(_text(path, file), newline=""), strict=True)
    width = None
    try:
        for row in reader:
            if not row:
                continue
            width = width or len(row)
            if len(row) != width:
                reason = f"has {len(row)} columns where the header has {width}"
                raise BrokenExportError(file, reason, reader.line_num)
            yield reader.line_num, row
    except csv.Error as error:
        raise BrokenExportError(file, str(error), reader.line_num) from None
    if width is None:
        raise BrokenExportError(file, "is empty")


def _text(path: Path, file: str) -> str:
    content = path.read_bytes()
    try:
        if path.suffix == ".xz":
            content = lzma.decompress(content)
        return content.decode("utf-8-sig")
    except lzma.LZMAError:
        raise BrokenExportError(file, "cannot be unpacked: the .xz file is broken") from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BrokenExportError(file, "is not UTF-8 text", line) from None


def _find(folder: Path, file: str) -> Path | None:
    return next((p for p in (folder / file, folder / f"{file}.xz") if p.is_file()), None)


def _moment(file: str, text: str, line: int) -> datetime:
    try:
        return datetime.fromtimestamp(int(text) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        raise BrokenExportError(file, f"{text!r} is no time in milliseconds", line) from None


def _value(file: str, text: str, line: int) -> int:
    try:
        return _ANSWERS[text]
    except KeyError:
        raise BrokenExportError(file, f"{text!r} is no answer: 1, 0 or -1", line) from None
