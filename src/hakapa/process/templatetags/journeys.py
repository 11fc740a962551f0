"""The journey line on a page that is about some challenges."""

from collections.abc import Iterable
from operator import attrgetter

from django import template

from hakapa.process import journey

register = template.Library()


@register.inclusion_tag("process/journey.html", takes_context=True)
def journey_of(
    context: template.Context, things: object, challenge: str = "pk"
) -> dict[str, list[journey.Stop]]:
    """Draw how far the challenges have come that the thing, or each of the things, is about.

    The second word says how a challenge's id is reached from a thing: `proposal.challenge_id`.
    """
    several = things if isinstance(things, Iterable) else [things]
    ids = sorted({attrgetter(challenge)(thing) for thing in several})
    return {"stations": journey.line(ids, context["request"].user) if ids else []}
