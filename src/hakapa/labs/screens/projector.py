"""What the whole room sees on the wall."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from hakapa.kernel.panels import panels_for
from hakapa.labs import queries
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab
from hakapa.labs.screens.clocks import drawn_clock
from hakapa.labs.screens.following import lab_of, may_see
from hakapa.live.screens import Picture, audience

PARTS = ("head", "stage", "side", "count")
NEWEST = 6  # as many as there is room for are seen


def shown(lab: Lab) -> dict[str, Any]:
    """Return what the projector's page and its parts are made of."""
    phase = queries.current_phase(lab)
    shows_results = lab.state == State.CLOSED or lab.are_results_shown
    results = queries.outcome(lab) if shows_results else None
    return {
        "lab": lab,
        "phase": phase,
        "clock": queries.clock(phase, timezone.now()),
        "size": queries.size(lab),
        "answered": queries.people_heard(lab),
        "newest": queries.on_the_wall(lab, NEWEST) if phase and not results else [],
        "results": results,
        "maps": panels_for("projector", _nobody(), lab) if results else [],
    }


@audience("projector", may_follow=may_see)
def draw(channel: str, _language: str) -> Picture:
    """Draw the parts of the projector's page."""
    lab = lab_of(channel)
    if lab is None:
        return Picture()
    context = shown(lab)
    parts = {part: render_to_string(f"labs/projector.html#{part}", context) for part in PARTS}
    return Picture({**parts, "clock": drawn_clock(lab)})


def _nobody() -> HttpRequest:
    """Return a request of nobody in particular: what is on the wall is the same for all."""
    request = HttpRequest()
    request.user = AnonymousUser()
    return request
