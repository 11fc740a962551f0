"""What promises tell on the journey line and show on earlier steps' pages."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hakapa.accounts.models import AnyUser, Organisation
from hakapa.challenges.models import Challenge
from hakapa.commitments import queries
from hakapa.commitments.lifecycle import PROMISED, State
from hakapa.commitments.models import Commitment
from hakapa.kernel.panels import Panel, panel
from hakapa.labs.models import Lab
from hakapa.process.journey import Fact, Station, tells
from hakapa.proposals.models import Proposal


@tells(Station.COMMITMENT)
def promised(challenge_ids: Collection[int], user: AnyUser) -> Fact | None:
    """Tell how many answers are promises, or that nobody has answered."""
    answers = queries.about(challenge_ids, user)
    answered = answers.exclude(state=State.ASKED).count()
    if not answered:
        return Fact(_("no answer yet"), reached=False) if answers.exists() else None
    promises = answers.filter(state__in=[*PROMISED, State.KEPT]).count()
    return Fact(
        _("%(promises)d of %(answered)d promised") % {"promises": promises, "answered": answered}
    )


@panel("challenge", order=10)
def promises_of_challenge(request: HttpRequest, challenge: Challenge) -> Panel | None:
    """Show what the receivers have promised for the challenge."""
    return _promises(queries.about([challenge.pk], request.user))


@panel("lab", order=10)
def promises_of_lab(request: HttpRequest, lab: Lab) -> Panel | None:
    """Show how the lab's receivers answered, with the lab's record."""
    return _promises(queries.visible_to(request.user).filter(proposal__lab=lab))


@panel("proposal", order=10)
def promises_of_proposal(request: HttpRequest, proposal: Proposal) -> Panel | None:
    """Show how each receiver answered the proposal."""
    return _promises(queries.visible_to(request.user).filter(proposal=proposal))


@panel("organisation", order=10)
def promises_of_organisation(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """Show what the organisation has promised, with its record."""
    return _promises(queries.of_organisation(organisation, request.user))


def _promises(commitments: QuerySet[Commitment]) -> Panel | None:
    shown = list(commitments)
    if not shown:
        return None
    context = {"commitments": shown, "record": queries.record(commitments)}
    return Panel("commitments/panel.html", context)
