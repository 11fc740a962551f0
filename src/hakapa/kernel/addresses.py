"""Whole addresses, for what leaves the site: files, mails, calendars, feeds."""

from django.conf import settings


def absolute(path: str) -> str:
    """Return the whole address of a page, from its path."""
    return str(settings.SITE_URL).rstrip("/") + path
