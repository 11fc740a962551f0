import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from typing_extensions import override

from hakapa.notices import actions, bounces

TRY_AGAIN = 75  # to a mail server that pipes a mail in: keep it, and come back


class Command(BaseCommand):
    help = "Read mails that came back, and count each address that no longer takes mail."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.prog = "hakapa bounces"
        parser.add_argument(
            "files",
            nargs="+",
            metavar="FILE",
            help="a mail, or a mailbox: a file (mbox) or folder (Maildir); - is what is piped in",
        )

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        are_read = True
        for file in [one for named in options["files"] for one in _files(named)]:
            try:
                written = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
            except OSError as error:
                self.stderr.write(f"{file}: cannot be read ({error.strerror})")
                are_read = False
            else:
                self._tell(file, bounces.mails_in(written))
        if not are_read:
            raise CommandError("Not everything was read.")

    def _tell(self, file: str, mails: Iterable[bytes]) -> None:
        try:
            for mail in mails:
                self.stdout.write(f"{file}: {_counted(mail)}")
        except Error:
            raise CommandError(
                "The database cannot be reached; run it again later. Nothing is counted twice.",
                returncode=TRY_AGAIN,
            ) from None


def _files(named: str) -> list[str]:
    """Return the mails of a folder, or the only file that was named."""
    if not Path(named).is_dir():
        return [named]
    return [str(file) for part in ("new", "cur") for file in sorted(Path(named, part).glob("*"))]


def _counted(mail: bytes) -> str:
    """Count what came back, and say in one line what was done."""
    try:
        report = bounces.read(mail)
    except bounces.NotAReportError:
        return "says nothing about a mail that did not arrive"
    if not report.is_final:
        return f"not counted, for it may still arrive ({report.status})"
    is_new = actions.returned(report.name)
    if is_new is None:
        return "not about a mail that was sent from here"
    return f"counted ({report.status})" if is_new else "was counted before"
