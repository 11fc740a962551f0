"""What proposals tell on the journey line and show on earlier steps' pages."""

from collections.abc import Collection

from django.http import HttpRequest
from django.utils.translation import ngettext

from hakapa.accounts.models import AnyUser
from hakapa.challenges.models import Challenge
from hakapa.kernel.panels import Panel, panel
from hakapa.labs.models import Lab
from hakapa.process.journey import Fact, Station, tells
from hakapa.proposals import queries


@tells(Station.PROPOSAL)
def went_on(challenge_ids: Collection[int], user: AnyUser) -> Fact | None:
    """Tell how many proposals stand."""
    count = queries.about(challenge_ids, user).count()
    if not count:
        return None
    text = ngettext("%(count)d went on", "%(count)d went on", count) % {"count": count}
    return Fact(text)


@panel("challenge", order=20)
def proposals_of_challenge(request: HttpRequest, challenge: Challenge) -> Panel | None:
    """Show what has been proposed for the challenge."""
    proposals = list(queries.about([challenge.pk], request.user))
    return Panel("proposals/panel.html", {"proposals": proposals}) if proposals else None


@panel("lab", order=20)
def proposals_of_lab(request: HttpRequest, lab: Lab) -> Panel | None:
    """Show what the lab proposed."""
    proposals = list(queries.visible_to(request.user).filter(queries.STANDING, lab=lab))
    return Panel("proposals/panel.html", {"proposals": proposals}) if proposals else None
