"""Mails that come back: what a delivery status notification (RFC 3464) says became of ours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message

_RETURNED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
_STATUSES = ("message/delivery-status", "message/global-delivery-status")
# Between the mails of a mailbox file, and before the only mail that a mail server pipes in.
_FROM_LINE = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From [^\n]*\n")

# What Python's own reading of mails comes to when one is made to break it.
_BROKEN = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError)


class NotAReportError(Exception):
    """That a mail does not say what became of another; it may be an answer, or broken."""


@dataclass(frozen=True)
class Returned:
    """What became of a mail: under which Message-ID it went out, and the status it came to."""

    name: str
    status: str  # like 5.1.1

    @property
    def is_final(self) -> bool:
        return self.status.startswith("5.")


def mails_in(written: bytes) -> list[bytes]:
    """Return the mails of a mailbox file, or the only mail that the bytes are."""
    if not written.startswith(b"From "):
        return [written]
    return [mail for mail in _FROM_LINE.split(written) if mail.strip()]


def read(written: bytes) -> Returned:
    """Return what the mail says became of another.

    Only the report's own parts are read: a report that stands in the mail that came back was
    written by somebody else.

    Raises:
        NotAReportError: it says no such thing, or not in a way that can be read.

    """
    try:
        return _read(message_from_bytes(written))
    except _BROKEN as broken:
        raise NotAReportError from broken


def _read(report: Message) -> Returned:
    if report.get_content_type() != "multipart/report" or not report.is_multipart():
        raise NotAReportError
    parts = {part.get_content_type(): part for part in _parts(report)}
    statuses = [
        _status(block) for kind in _STATUSES if kind in parts for block in _parts(parts[kind])
    ]
    names = [_name(parts[kind]) for kind in _RETURNED if kind in parts]
    status, name = (next(filter(None, some), "") for some in (statuses, names))
    if not status or not name:
        raise NotAReportError
    return Returned(name, status)


def _parts(of: Message) -> Iterator[Message]:
    """Return the parts right inside; those of a delivery status are its blocks of fields."""
    for part in of.get_payload() if of.is_multipart() else ():
        if isinstance(part, Message):
            yield part


def _status(block: Message) -> str:
    """Return the status of a recipient whom the mail did not reach; nothing of any other block."""
    failed = str(block.get("Action", "")).strip().lower() in ("failed", "delayed")
    found = re.match(r"\s*([45]\.\d{1,3}\.\d{1,3})(?!\d)", str(block.get("Status", "")))
    return found[1] if failed and found else ""


def _name(part: Message) -> str:
    """Return the Message-ID among the headers that came back."""
    within = next(_parts(part), None)
    if within is None:  # headers alone, as text
        text = part.get_payload(decode=True)
        within = message_from_bytes(text if isinstance(text, bytes) else b"")
    return "".join(str(within.get("Message-ID", "")).split())
