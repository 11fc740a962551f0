"""What a page hands its script so that it may follow: signed, so that nobody writes their own."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.core import signing

ADDRESS = "/live/strom"
_SALT = "hakapa.live.ticket"
_VALID = timedelta(days=1)


@dataclass(frozen=True)
class Ticket:
    """Who may follow what, and how it is drawn for them."""

    channel: str
    audience: str
    language: str
    user_id: int | None = None


def ticket(channel: str, audience: str, language: str, user_id: int | None = None) -> str:
    """Return a ticket that is valid for a day."""
    return signing.dumps([channel, audience, language, user_id], salt=_SALT)


def stream(channel: str, audience: str, language: str, user_id: int | None = None) -> str:
    """Return the address of the stream, with its ticket."""
    return f"{ADDRESS}?{urlencode({'biljett': ticket(channel, audience, language, user_id)})}"


def read(text: str) -> Ticket | None:
    """Return what the ticket says; None when it is false or too old."""
    try:
        return Ticket(*signing.loads(text, salt=_SALT, max_age=_VALID))
    except signing.BadSignature:
        return None
