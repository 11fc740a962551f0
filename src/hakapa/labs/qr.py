"""Where to go, for a camera and for the eye."""

from collections.abc import Iterable
from dataclasses import dataclass

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from hakapa.labs.models import Lab, PersonalCode, Room


@dataclass(frozen=True)
class Way:
    """An address to type, the code to type there, and a picture that a phone's camera follows."""

    place: str
    picture: SafeString
    code: str = ""


def way_in(request: HttpRequest, lab: Lab, room: Room | None = None) -> Way:
    """Return the way into the lab or one of its rooms; to its report when it is not open.

    Where everybody has a code of their own, there is none on the wall.
    """
    code = "" if lab.by_personal_codes else (room or lab).join_code
    if not lab.is_open:
        typed = followed = reverse("labs:report", args=[lab.pk])
        code = ""
    else:
        typed = reverse("labs:join")
        followed = reverse("labs:enter", args=[code]) if code else typed
    return Way(_short(request, typed), _drawn(request.build_absolute_uri(followed)), code)


def seat_codes(request: HttpRequest, codes: Iterable[PersonalCode]) -> list[Way]:
    """Return the way to each personal seat."""
    place = _short(request, reverse("labs:join"))
    return [
        Way(
            place,
            _drawn(request.build_absolute_uri(reverse("labs:enter", args=[code.code]))),
            code.code,
        )
        for code in codes
    ]


def _short(request: HttpRequest, path: str) -> str:
    """Return the address as it is typed."""
    return request.build_absolute_uri(path).split("://", 1)[1].rstrip("/")


def _drawn(address: str) -> SafeString:
    picture = segno.make(address, error="m").svg_inline(omitsize=True, border=0)
    # Drawn by segno from an address of our own: nothing in it needs escaping.
    return mark_safe(picture)  # noqa: S308
