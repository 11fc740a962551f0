"""What those who lead the lab see of the room."""

from django.template.loader import render_to_string

from hakapa.labs import queries
from hakapa.labs.screens.clocks import drawn_clock
from hakapa.labs.screens.following import lab_of, may_lead
from hakapa.live.screens import Picture, audience


@audience("leader", may_follow=may_lead)
def draw(channel: str, _language: str) -> Picture:
    """Draw how many are in the room, where, and what they have done; never who."""
    lab = lab_of(channel)
    if lab is None:
        return Picture()
    room = {"lab": lab, "size": queries.size(lab), "tables": queries.tables(lab)}
    return Picture(
        {
            "counts": render_to_string("labs/lead.html#counts", room),
            "clock": drawn_clock(lab),
        }
    )
