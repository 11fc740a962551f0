"""The way in, for a camera and for the eye."""

from dataclasses import dataclass

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from hakapa.labs.models import Lab


@dataclass(frozen=True)
class WayIn:
    """The join address: where to go, what to type there, and both as a picture."""

    place: str
    code: str
    picture: SafeString


def qr_code(request: HttpRequest, lab: Lab) -> WayIn:
    """Return the way into the lab for whoever stands before the screen."""
    address = request.build_absolute_uri(reverse("labs:enter", args=[lab.join_code]))
    place = request.build_absolute_uri(reverse("labs:join"))
    picture = segno.make(address, error="m").svg_inline(omitsize=True, border=0)
    return WayIn(
        place=place.split("://", 1)[1].rstrip("/"),
        code=lab.join_code,
        picture=mark_safe(picture),  # noqa: S308  (drawn by segno from our own address)
    )
