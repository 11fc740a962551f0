"""What challenges tell on the journey line and show on an organisation's page."""

from collections.abc import Collection

from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hakapa.accounts.models import AnyUser, Organisation
from hakapa.challenges import queries
from hakapa.challenges.models import Challenge
from hakapa.kernel.panels import Panel, panel
from hakapa.process.journey import Fact, Station, tells
from hakapa.process.queries import first_move


@tells(Station.CHALLENGE)
def laid(challenge_ids: Collection[int], user: AnyUser) -> Fact | None:
    """Tell when the challenge was opened, or how many challenges there are."""
    challenges = list(queries.visible_to(user).filter(pk__in=challenge_ids)[:2])
    if not challenges:
        return None
    opened = first_move(Challenge, challenge_ids, "publish")
    if len(challenge_ids) > 1:
        count = len(challenge_ids)
        text = ngettext("%(count)d challenge", "%(count)d challenges", count) % {"count": count}
        return Fact(text, reverse("challenges:index"))
    if opened is None:
        return Fact(_("a draft"), challenges[0].get_absolute_url())
    day = formats.date_format(timezone.localtime(opened), "MONTH_DAY_FORMAT")
    return Fact(_("presented %(day)s") % {"day": day}, challenges[0].get_absolute_url())


@panel("organisation", order=20)
def challenges_of_organisation(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """Show the challenges that the organisation owns or shares."""
    shown = list(queries.of_organisation(request.user, organisation)[:12])
    return Panel("challenges/panel.html", {"challenges": shown}) if shown else None
