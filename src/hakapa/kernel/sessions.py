"""Sessions in the database, known by keys that could be ours."""

from django.contrib.sessions.backends import db

KEY_LENGTH = 32


class SessionStore(db.SessionStore):
    """Takes a key that we never gave out, one with a null in it for instance, as none at all."""

    def _validate_session_key(self, key: str | None) -> bool:
        return key is not None and len(key) == KEY_LENGTH and key.isascii() and key.isalnum()
