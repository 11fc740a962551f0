"""Where to go, for a camera and for the eye."""

from dataclasses import dataclass

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from hakapa.labs.models import Lab


@dataclass(frozen=True)
class Way:
    """An address to type, and a picture that a phone's camera follows."""

    place: str
    picture: SafeString


def way_in(request: HttpRequest, lab: Lab) -> Way:
    """Return the way into the lab, or to its report when it is no longer open."""
    if lab.is_open:
        typed, followed = reverse("labs:join"), reverse("labs:enter", args=[lab.join_code])
    else:
        typed = followed = reverse("labs:report", args=[lab.pk])
    picture = segno.make(request.build_absolute_uri(followed), error="m")
    return Way(
        place=request.build_absolute_uri(typed).split("://", 1)[1].rstrip("/"),
        # Drawn by segno from an address of our own: nothing in it needs escaping.
        picture=mark_safe(picture.svg_inline(omitsize=True, border=0)),  # noqa: S308
    )
