"""What moderation shows on earlier pages: to those who run the site, that something waits."""

from django.http import HttpRequest

from hakapa.accounts.models import User
from hakapa.kernel.panels import Panel, panel
from hakapa.moderation import queries


@panel("me", order=5)
def waiting_for_moderation(
    request: HttpRequest,  # noqa: ARG001  (a panel's signature)
    user: User,
) -> Panel | None:
    """Show how many reported texts wait, and since when."""
    if not user.is_staff:
        return None
    return Panel("moderation/me.html", {"waiting": queries.waiting(user)})
