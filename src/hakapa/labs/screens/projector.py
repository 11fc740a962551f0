"""What the whole room sees on the wall."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from hakapa.labs import queries
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab
from hakapa.labs.screens.clocks import drawn_clock
from hakapa.labs.screens.following import lab_of, may_see
from hakapa.live.screens import Picture, audience

PARTS = ("head", "stage", "side", "count")


def shown(lab: Lab) -> dict[str, Any]:
    """Return what the projector's page and its parts are made of."""
    phase = queries.current_phase(lab)
    closed = lab.state == State.CLOSED
    return {
        "lab": lab,
        "phase": phase,
        "clock": queries.clock(phase, timezone.now()),
        "size": queries.size(lab),
        "newest": queries.incoming(lab).filter(hidden_at=None, is_waiting=False, merged_into=None)[
            :3
        ],
        "results": queries.statements(lab, "agree")[:3] if closed else [],
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
