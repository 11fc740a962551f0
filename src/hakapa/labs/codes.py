"""Join codes: short enough to type from the back row, too many to guess."""

import secrets
from datetime import timedelta

from django.utils.crypto import salted_hmac

# Without 0 O 1 I L, which look alike on a projector.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 6
PERSONAL_LENGTH = 8  # longer: each is a vote, and is never taken for the code of a lab

# A hall of hundreds sits behind one address and some of them mistype; a guesser would need
# millions of tries among the 900 million codes.
MOST_FROM_AN_ADDRESS = 300
MOST_FROM_A_BROWSER = 10
COUNTED_FOR = timedelta(minutes=10)


def new_code() -> str:
    """Return a fresh code, one of about 900 million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_personal_code() -> str:
    """Return a fresh code for one person, one of about 850 thousand million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(PERSONAL_LENGTH))


def as_typed(text: str) -> str:
    """Return what was typed as a code: upper case, without spaces and hyphens."""
    return "".join(text.split()).replace("-", "").upper()


def new_token() -> str:
    """Return the secret that a participant's browser keeps."""
    return secrets.token_urlsafe(24)


def fingerprint(address: str) -> str:
    """Return what stands for an address and cannot be read back."""
    return salted_hmac("labs.wrong_code", address, algorithm="sha256").hexdigest()
