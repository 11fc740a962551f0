"""The clock that every audience has."""

from django.template.loader import render_to_string
from django.utils import timezone

from hakapa.labs import queries
from hakapa.labs.models import Lab


def drawn_clock(lab: Lab) -> str:
    """Draw when the phase ends and not how long that is: the page's script counts down."""
    clock = queries.clock(queries.current_phase(lab), timezone.now())
    return render_to_string("labs/clock.html", {"clock": clock, "for_script": True})
