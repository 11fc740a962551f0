"""What those who lead the lab see of the room."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from hakapa.labs import queries
from hakapa.labs.models import Lab
from hakapa.labs.screens.clocks import drawn_clock
from hakapa.labs.screens.following import lab_of, may_lead
from hakapa.live.screens import Picture, audience

PARTS = ("runsheet", "now", "counts", "notes", "next")
NEWEST = 40


def shown(lab: Lab) -> dict[str, Any]:
    """Return what the lab leader's page and its parts are made of; never who wrote what."""
    phases = list(lab.phases.all())
    now = next((phase for phase in phases if phase.started_at and not phase.ended_at), None)
    place = now.position if now else 0
    ahead = [phase for phase in phases if phase.position > place and not phase.skipped_at]
    behind = [phase for phase in phases if phase.position < place and not phase.skipped_at]
    return {
        "lab": lab,
        "phases": phases,
        "now": now,
        "holder": queries.holder(lab),
        "next": ahead[0] if ahead else None,
        "has_been_elsewhere": bool(behind),
        "clock": queries.clock(now, timezone.now()),
        "tables": queries.tables(lab),
        "rooms": queries.rooms(lab),
        "codes": queries.codes_of(lab) if lab.by_personal_codes else None,
        "size": queries.size(lab),
        "answered": queries.people_heard(lab),
        "queue": queries.waiting(lab)[:NEWEST],
        "queued": queries.waiting(lab).count(),
        "notes": queries.looked_at(lab)[:NEWEST],
    }


@audience("leader", may_follow=may_lead)
def draw(channel: str, _language: str) -> Picture:
    """Draw the parts of the lab leader's page."""
    lab = lab_of(channel)
    if lab is None:
        return Picture()
    context = shown(lab)
    parts = {part: render_to_string(f"labs/lead_{part}.html", context) for part in PARTS}
    return Picture({**parts, "clock": drawn_clock(lab)})
