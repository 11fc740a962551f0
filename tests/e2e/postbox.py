"""The mails that the site has written to files, as whoever reads them gets them."""

import re
import time
import urllib.error
import urllib.request
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

BETWEEN = b"\n" + b"-" * 79 + b"\n"  # what Django writes after each mail
ARRIVES_WITHIN = 90  # seconds, on a busy machine; the worker looks every fifteen


class Postbox:
    """A folder of mails."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def to(self, address: str) -> list[EmailMessage]:
        """Return the mails to the address, oldest first."""
        files = sorted(self.folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns)
        mails = [
            message_from_bytes(written, policy=default)
            for file in files
            for written in file.read_bytes().split(BETWEEN)[:-1]
        ]
        return [mail for mail in mails if mail["To"] == address]

    def next_to(self, address: str, *, after: int = 0, about: str = "") -> EmailMessage:
        """Wait for a mail to the address beside the `after` that it had; return the last."""
        deadline = time.monotonic() + ARRIVES_WITHIN
        while not (found := [m for m in self.to(address)[after:] if about in text_of(m)]):
            assert time.monotonic() < deadline, f"no mail came to {address}"
            time.sleep(0.2)
        return found[-1]


def text_of(mail: EmailMessage) -> str:
    """Return the mail as text."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(mail: EmailMessage, place: str, *, about: str = "") -> str:
    """Return the first address that leads to the place, after what it is about, in the text."""
    found = re.search(rf"https?://\S*/{place}/\S*", text_of(mail).partition(about or "\n")[2])
    assert found, f"no link to {place} in the mail"
    return found.group()


def status_of(url: str, sent: bytes | None = None) -> int:
    """Return how the site answers somebody without a browser."""
    try:
        with urllib.request.urlopen(url, sent, timeout=30) as answer:  # noqa: S310
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
