"""What every phone in the room shares: the question, the clock, and the statements to weigh."""

from math import ceil
from typing import Any

from django.template.loader import render_to_string

from hakapa.labs import queries
from hakapa.labs.models import Contribution, Lab, Phase
from hakapa.labs.screens.clocks import drawn_clock
from hakapa.labs.screens.following import lab_of
from hakapa.live.screens import Picture, audience

PAGES_A_SECOND = 50  # that a closing hall may ask for


@audience("phone")
def draw(channel: str, _language: str) -> Picture:
    """Draw what phones show, and give them the statements to keep."""
    lab = lab_of(channel)
    if lab is None:
        return Picture()
    phase = queries.current_phase(lab)
    fragments: dict[str, str] = {
        "clock": drawn_clock(lab),
        "phase": render_to_string("labs/phone/phase.html", asked_of(lab, phase)),
    }
    return Picture(fragments, {s.pk: _item(s) for s in queries.open_statements(lab)})


def asked_of(lab: Lab, phase: Phase | None) -> dict[str, Any]:
    """Return what the part of the page is made of that says what the room does now."""
    doing = queries.doing(lab, phase)
    asked = {"lab": lab, "phase": phase, "doing": doing, "kinds": queries.kinds_for(phase)}
    return {**asked, "spread": _spread(lab)} if doing == queries.Doing.OVER else asked


def _spread(lab: Lab) -> int:
    """Return within how many seconds phones open the last page, each at a moment of its own."""
    return max(1, ceil(lab.participants.count() / PAGES_A_SECOND))


def _item(statement: Contribution) -> dict[str, Any]:
    return {
        "id": statement.pk,
        "text": statement.text,
        "kind": statement.kind,
        "language": statement.language,
        "table": statement.table,
        "about": statement.origin,
        "first": statement.promoted_at is not None,
    }
