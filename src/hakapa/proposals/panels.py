"""What proposals tell on the journey line and show on earlier steps' pages."""

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hakapa.accounts.models import AnyUser
from hakapa.challenges.models import Challenge
from hakapa.kernel.panels import Panel, panel
from hakapa.labs.chapters import Cell, Chapter, Rows, Said, chapter
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab
from hakapa.process.journey import Fact, Station, tells
from hakapa.proposals import queries

SHOWN = 10


@tells(Station.PROPOSAL)
def went_on(challenge_ids: Collection[int], user: AnyUser) -> Fact | None:
    """Tell how many proposals stand."""
    count = queries.about(challenge_ids, user).count()
    if not count:
        return None
    text = ngettext("%(count)d went further", "%(count)d went further", count) % {"count": count}
    url = reverse("proposals:index")
    if len(challenge_ids) == 1:
        url += f"?challenge={next(iter(challenge_ids))}"
    return Fact(text, url)


@panel("challenge", order=20)
def proposals_of_challenge(request: HttpRequest, challenge: Challenge) -> Panel | None:
    """Show what has been proposed for the challenge."""
    about = queries.about([challenge.pk], request.user)
    return _proposals(about, "challenge", challenge.pk)


@panel("lab", order=20)
def proposals_of_lab(request: HttpRequest, lab: Lab) -> Panel | None:
    """Show what the lab proposed."""
    of_lab = queries.visible_to(request.user).filter(queries.STANDING, lab=lab)
    return _proposals(of_lab, "lab", lab.pk, gather=_gather_url(request, lab))


@panel("lead", order=20)
def proposals_to_gather(request: HttpRequest, lab: Lab) -> Panel | None:
    """Let the lab leader gather what was written into proposals."""
    return proposals_of_lab(request, lab)


@chapter(order=30)
def proposals_in_the_report(lab: Lab) -> Chapter | None:
    """Tell in the lab's report what it proposed."""
    of_lab = queries.visible_to(AnonymousUser()).filter(queries.STANDING, lab=lab)
    rows: list[list[Cell]] = [
        [Said(one.title, one.language), Said(one.first_step, one.language), str(one.organisation)]
        for one in of_lab
    ]
    columns = [_("Proposal"), _("First step"), _("Put forward by")]
    return Chapter(_("What went on"), [Rows(columns, rows, file="proposals")]) if rows else None


def _gather_url(request: HttpRequest, lab: Lab) -> str:
    """Return where proposals are put forward, to those who may do it for the lab."""
    if lab.state not in (State.RUNNING, State.CLOSED) or not lab.challenges.exists():
        return ""
    if not request.user.has_perm("labs.lead_lab", lab):
        return ""
    return f"{reverse('proposals:new')}?labb={lab.pk}"


def _proposals(
    proposals: queries.Proposals, kind: str, pk: int, *, gather: str = ""
) -> Panel | None:
    shown = list(proposals[: SHOWN + 1])
    if not shown and not gather:
        return None
    context = {
        "gather_url": gather,
        "proposals": shown[:SHOWN],
        "has_more": len(shown) > SHOWN,
        "but": kind,
        "url": f"{reverse('proposals:index')}?{kind}={pk}",
    }
    return Panel("proposals/panel.html", context)
