from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hakapa.accounts.http import HtmxRequest
from hakapa.charts.lineage import lineage as draw
from hakapa.kernel.addresses import absolute
from hakapa.kernel.panels import panels_for
from hakapa.kernel.tables import Table, download
from hakapa.process import journey
from hakapa.process.lineage import grown_from
from hakapa.process.queries import history_of
from hakapa.process.wordings import wordings as wordings_of
from hakapa.proposals import queries
from hakapa.proposals.descent import steps_to
from hakapa.proposals.forms import FilterForm
from hakapa.proposals.models import WORDING

PER_PAGE = 20


@require_safe
def index(request: HtmxRequest) -> HttpResponse:
    form = FilterForm(request.GET, user=request.user)
    proposals = queries.chosen(request.user, form.choice)
    page = Paginator(proposals, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "proposals/index.html", {"form": form, "page_obj": page})


@require_safe
def listing(request: HtmxRequest, form: str) -> HttpResponse:
    choice = FilterForm(request.GET, user=request.user).choice
    return download(_table(queries.with_sources(queries.chosen(request.user, choice))), form)


@require_safe
def detail(request: HtmxRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(queries.with_sources(queries.visible_to(request.user)), pk=pk)
    sources = list(queries.weighed(proposal))
    context = {
        "proposal": proposal,
        "stations": journey.line([proposal.challenge_id], request.user),
        "sources": sources,
        "weight": queries.weight(sources),
        "panels": panels_for("proposal", request, proposal),
        "history": history_of(proposal)[:20],
    }
    return render(request, "proposals/detail.html", context)


@require_safe
def lineage(request: HtmxRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(queries.with_sources(queries.visible_to(request.user)), pk=pk)
    context = {
        "proposal": proposal,
        "stations": journey.line([proposal.challenge_id], request.user),
        "panels": panels_for("lineage", request, proposal),
        "drawing": draw(
            [*steps_to(proposal), *grown_from(proposal, request.user)], label=proposal.title
        ),
    }
    return render(request, "proposals/lineage.html", context)


@require_safe
def wordings(request: HtmxRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(queries.visible_to(request.user), pk=pk)
    context = {"proposal": proposal, "changes": wordings_of(proposal, WORDING)}
    return render(request, "proposals/wordings.html", context)


def _table(proposals: queries.Proposals) -> Table:
    columns = [
        "id", _("Proposal"), _("The first step"), _("More about it"), _("State"), _("Challenge"),
        _("Lab"), _("Put forward by"), _("Contributions"), _("Merged into"), _("Address"),
    ]  # fmt: skip
    rows = (
        [
            p.pk, p.title, p.first_step, p.text, str(p.get_state_display()), p.challenge.title,
            p.lab.title, p.organisation.name if p.organisation else "",
            " ".join(str(source.pk) for source in p.contributions.all()),
            p.merged_into_id, absolute(p.get_absolute_url()),
        ]
        for p in proposals
    )  # fmt: skip
    return Table(_("proposals"), columns, rows)
