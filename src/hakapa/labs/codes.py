"""Join codes: short enough to type from the back row, too many to guess."""

import secrets

# Without 0 O 1 I L, which look alike on a projector.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 6


def new_code() -> str:
    """Return a fresh code, one of about 900 million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def as_typed(text: str) -> str:
    """Return what was typed as a code: upper case, without spaces and hyphens."""
    return "".join(text.split()).replace("-", "").upper()


def new_token() -> str:
    """Return the secret that a participant's browser keeps."""
    return secrets.token_urlsafe(24)
