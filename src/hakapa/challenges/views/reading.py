from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hakapa.accounts.http import HtmxRequest
from hakapa.challenges import queries
from hakapa.challenges.forms import FilterForm, NeedForm
from hakapa.challenges.models import WORDING, Challenge
from hakapa.charts.line import line_chart
from hakapa.kernel.addresses import absolute
from hakapa.kernel.panels import panels_for
from hakapa.kernel.tables import Table, download
from hakapa.kernel.text import as_id
from hakapa.process import journey
from hakapa.process.queries import history_of
from hakapa.process.wordings import wordings as wordings_of

PER_PAGE = 20


@require_safe
def index(request: HtmxRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    challenges = queries.chosen(request.user, _choice(form))
    page = Paginator(challenges, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "challenges/index.html", {"form": form, "page_obj": page})


@require_safe
def listing(request: HtmxRequest, form: str) -> HttpResponse:
    challenges = queries.chosen(request.user, _choice(FilterForm(request.GET)))
    return download(_table(challenges), form)


@require_safe
def detail(request: HtmxRequest, pk: int) -> HttpResponse:
    challenge = get_object_or_404(queries.with_all(queries.visible_to(request.user)), pk=pk)
    form = NeedForm(user=request.user, challenge=challenge)
    return render(request, "challenges/detail.html", all_of(request, challenge, form))


def all_of(request: HtmxRequest, challenge: Challenge, form: NeedForm) -> dict[str, Any]:
    """Return what the challenge's page shows, with the form to say “we have it too”."""
    goal = getattr(challenge, "goal", None)
    return {
        "challenge": challenge,
        "stations": journey.line([challenge.pk], request.user),
        "panels": panels_for("challenge", request, challenge),
        "goal": goal,
        "readings": queries.readings(goal) if goal else [],
        "chart": _chart(challenge),
        "need_form": form,
        "similar": queries.like(request.user, challenge),
        "history": list(history_of(challenge)),
    }


@require_safe
def similar(request: HtmxRequest) -> HttpResponse:
    text = " ".join(request.GET.get(name, "") for name in ("title", "today", "wish"))
    likenesses = queries.similar_to(
        request.user,
        text,
        themes=request.GET.getlist("themes"),
        barriers=request.GET.getlist("barriers"),
        but_not=as_id(request.GET.get("but_not")),
    )
    return render(request, "challenges/similar.html", {"similar": likenesses})


@require_safe
def wordings(request: HtmxRequest, pk: int) -> HttpResponse:
    challenge = get_object_or_404(queries.visible_to(request.user), pk=pk)
    context = {"challenge": challenge, "changes": wordings_of(challenge, WORDING)}
    return render(request, "challenges/wordings.html", context)


def _choice(form: FilterForm) -> queries.Choice:
    """Return what the visitor chose; a choice that does not exist narrows nothing."""
    form.is_valid()
    chosen = form.cleaned_data
    owner = chosen.get("owner")
    return queries.Choice(
        words=chosen.get("words", ""),
        theme=chosen.get("theme", ""),
        barrier=chosen.get("barrier", ""),
        state=chosen.get("state", ""),
        owner=owner.pk if owner else None,
    )


def _chart(challenge: Challenge) -> str:
    goal = getattr(challenge, "goal", None)
    if goal is None:
        return ""
    return line_chart(
        [(reading.on, float(reading.value)) for reading in queries.readings(goal)],
        baseline=float(goal.baseline),
        target=float(goal.target),
        target_date=goal.target_on,
        unit=goal.unit,
        label=goal.measure,
        language="en" if get_language() == "en" else "sv",
    )


def _table(challenges: queries.Challenges) -> Table:
    columns = [
        "id", _("Title"), _("Owner"), _("State"), _("How is it today?"), _("What do you wish for?"),
        _("Themes"), _("Barriers"), _("Cost per year, kronor"), _("Have it too"), _("Address"),
    ]  # fmt: skip
    rows = (
        [
            c.pk, c.title, c.owner.name, c.get_state_display(), c.today, c.wish,
            ", ".join(c.theme_names), ", ".join(c.barrier_names),
            None if c.cost_of_nothing is None else c.cost_of_nothing / 100,
            c.sharing, absolute(c.get_absolute_url()),
        ]
        for c in challenges
    )  # fmt: skip
    return Table(_("challenges"), columns, rows)
