"""Promises in plain words on pages."""

from datetime import date

from django import template
from django.utils import formats
from django.utils.translation import gettext as _

from hakapa.commitments import standing
from hakapa.commitments.models import Commitment
from hakapa.process.models import Event
from hakapa.process.templatetags.journal import deed

register = template.Library()
_SAID = ("next_step", "reason", "why")


@register.filter
def pill(commitment: Commitment) -> standing.Pill:
    """Return how the promise stands today, as word and tone."""
    return standing.pill(commitment)


@register.filter
def when(commitment: Commitment) -> str:
    """Return the sentence about the promise's date."""
    return standing.when(commitment)


@register.filter
def who(commitment: Commitment) -> str:
    """Return who answers: the role, when it is told, and the organisation."""
    return ", ".join(part for part in (commitment.role, commitment.receiver.name) if part)


@register.filter
def told(event: Event) -> str:
    """Tell what the receiver did and said, with the dates as they were then."""
    who = f"{event.organisation} " if event.organisation else ""
    sentence = f"{who}{deed(event, Commitment.lifecycle)}"
    sentence = sentence[0].upper() + sentence[1:]
    said = next(filter(None, (event.details.get(name) for name in _SAID)), "")
    words = ": " + _("“%(words)s”") % {"words": said} if said else ""
    dates = _dates(event.details)
    return sentence + (dates + words if "due_before" in event.details else words + dates)


def _dates(details: dict[str, str]) -> str:
    if details.get("due"):
        return _(", by %(day)s") % {"day": _day(details["due"])}
    if details.get("due_before") and details["due_before"] != details["due_after"]:
        days = {"before": _day(details["due_before"]), "after": _day(details["due_after"])}
        return _(" from %(before)s to %(after)s") % days
    return ""


def _day(text: str) -> str:
    return formats.date_format(date.fromisoformat(text))
