"""A place on a page where later features show something, named in the page itself."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from hakapa.kernel.panels import panels_for

register = template.Library()


@register.simple_tag(takes_context=True)
def panels(context: template.Context, place: str, thing: Any) -> SafeString:
    """Draw the panels for the named place on the page of this thing.

    Error pages that no request reached have none.
    """
    request = context.get("request")
    if request is None:
        return mark_safe("")
    drawn = (
        render_to_string(panel.template, {"panel": panel.context}, request)
        for panel in panels_for(place, request, thing)
    )
    return mark_safe("".join(drawn))  # noqa: S308  (each is a template's own output)
