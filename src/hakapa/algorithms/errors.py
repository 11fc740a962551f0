"""The one error that the algorithms raise when an input file cannot be used."""

from pathlib import Path


class BadInputError(Exception):
    """A file that cannot be read as meant: which file, which line (1 is the first), why."""

    def __init__(self, path: Path | str, line: int, reason: str) -> None:
        """Keep the three parts, and say them in one line."""
        super().__init__(f"{path}:{line}: {reason}")
        self.path, self.line, self.reason = path, line, reason
