"""What labs tell on the journey line and show on a challenge's page."""

from collections.abc import Collection

from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from hakapa.accounts.models import AnyUser, Organisation, User
from hakapa.challenges.models import Challenge
from hakapa.kernel.panels import Panel, panel
from hakapa.kernel.personal import tells_about
from hakapa.labs import queries
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Contribution, Lab, Participant
from hakapa.process.journey import Fact, Station, tells


@tells(Station.LAB)
def gathered(challenge_ids: Collection[int], user: AnyUser) -> Fact | None:
    """Tell how many took part and how much they wrote, or when the lab will be."""
    labs = list(queries.labs_about(challenge_ids, user).exclude(state=State.CANCELLED))
    if not labs:
        return None
    held = [lab for lab in labs if lab.state in (State.RUNNING, State.CLOSED)]
    url = labs[0].get_absolute_url() if len(labs) == 1 else reverse("labs:index")
    if not held:
        day = formats.date_format(timezone.localtime(labs[-1].starts_at), "MONTH_DAY_FORMAT")
        return Fact(_("planned for %(day)s") % {"day": day}, url, reached=False)
    people = Participant.objects.filter(lab__in=held).count()
    notes = Contribution.objects.filter(
        lab__in=held, challenge__in=challenge_ids, hidden_at__isnull=True
    ).count()
    if people < queries.SMALLEST_CELL:
        return Fact(_("%(notes)d notes") % {"notes": notes}, url)
    return Fact(
        _("%(people)d took part, %(notes)d notes") % {"people": people, "notes": notes}, url
    )


@panel("challenge", order=30)
def labs_of_challenge(request: HttpRequest, challenge: Challenge) -> Panel | None:
    """Show the labs that take up the challenge."""
    labs = list(queries.labs_about([challenge.pk], request.user))
    return Panel("labs/panel.html", {"labs": labs}) if labs else None


@panel("organisation", order=30)
def labs_of_organisation(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """Show the labs that the organisation hosts."""
    labs = list(queries.visible_to(request.user).filter(host=organisation)[:10])
    return Panel("labs/panel.html", {"labs": labs}) if labs else None


@panel("me", order=40)
def seats_of_mine(request: HttpRequest, me: User) -> Panel | None:  # noqa: ARG001
    """Show the labs where the account took part, and what it wrote there."""
    seats = list(queries.seats_of(me))
    return Panel("labs/seats_panel.html", {"seats": seats}) if seats else None


@tells_about("labs")
def kept(user: User) -> dict[str, object]:
    """Tell where the user took part, and what they typed in for others."""
    return {"took_part": queries.kept_about(user), "typed_in": queries.typed_in_by(user)}


@panel("projector", order=10)
def map_on_the_wall(request: HttpRequest, lab: Lab) -> Panel | None:
    """Show the opinion map to the whole room, when the results are shown."""
    shown = queries.shown_map(lab, request.user) if queries.map_on_screens(lab) else None
    return Panel("labs/map_on_wall.html", {"map": shown}) if shown else None


@panel("lab", order=5)
def how_it_was_held(request: HttpRequest, lab: Lab) -> Panel | None:  # noqa: ARG001
    """Show how people came in, what came late, and why an answer is missing, when it is over."""
    ending = queries.ending(lab)
    if ending is None:
        return None
    held = {
        "lab": lab,
        "ending": ending,
        "late": queries.typed_in_late(lab).count(),
        "moved": queries.has_moved_seats(lab),
    }
    return Panel("labs/how_held.html", held)
