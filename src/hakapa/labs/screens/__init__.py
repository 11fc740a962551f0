"""What is on the screens of a lab while it goes on: the phones', the projector's, the leader's."""

from django.utils.translation import get_language

from hakapa.accounts.models import AnyUser
from hakapa.labs import queries
from hakapa.labs.models import Lab
from hakapa.labs.screens import leader, phone, projector
from hakapa.live import tickets

__all__ = ["leader", "phone", "projector", "stream"]


def stream(lab: Lab, audience: str, user: AnyUser | None = None) -> str:
    """Return where a page's script follows the lab, in the page's language."""
    user_id = user.pk if user else None
    return tickets.stream(queries.channel(lab.pk), audience, get_language() or "sv", user_id)
