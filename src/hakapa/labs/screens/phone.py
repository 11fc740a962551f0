"""What every phone in the room shares: the clock, and the statements that may be answered."""

from django.template.loader import render_to_string
from django.utils import timezone

from hakapa.labs import queries
from hakapa.labs.screens.following import lab_of
from hakapa.live.screens import Picture, audience


@audience("phone")
def draw(channel: str, _language: str) -> Picture:
    """Draw what phones show, and give them the statements to keep."""
    lab = lab_of(channel)
    if lab is None:
        return Picture()
    clock = queries.clock(queries.current_phase(lab), timezone.now())
    items = {
        statement.pk: {
            "id": statement.pk,
            "text": statement.text,
            "kind": statement.kind,
            "language": statement.language,
            "table": statement.table,
        }
        for statement in queries.open_statements(lab)
    }
    return Picture({"clock": render_to_string("labs/clock.html", {"clock": clock})}, items)
