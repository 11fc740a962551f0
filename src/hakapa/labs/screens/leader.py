"""What those who lead the lab see of the room."""

from typing import Any

from django.utils import timezone

from hakapa.labs import queries
from hakapa.labs.models import Lab

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
        "queue": queries.waiting(lab)[:NEWEST],
        "queued": queries.waiting(lab).count(),
        "notes": queries.looked_at(lab)[:NEWEST],
    }
