from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hakapa.accounts.http import HtmxRequest
from hakapa.kernel.addresses import absolute
from hakapa.kernel.panels import panels_for
from hakapa.kernel.tables import Table, download
from hakapa.labs import queries
from hakapa.labs.forms import FilterForm, InviteForm
from hakapa.labs.models import Lab
from hakapa.process import journey
from hakapa.process.queries import history_of

PER_PAGE = 20


@require_safe
def index(request: HtmxRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    page = Paginator(_chosen(request, form), PER_PAGE).get_page(request.GET.get("page"))
    challenges = queries.challenges_of(list(page), request.user)
    context = {"form": form, "page_obj": page, "challenges": challenges}
    return render(request, "labs/index.html", context)


@require_safe
def listing(request: HtmxRequest, form: str) -> HttpResponse:
    return download(_table(_chosen(request, FilterForm(request.GET))), form)


@require_safe
def detail(request: HtmxRequest, pk: int) -> HttpResponse:
    lab = get_object_or_404(queries.with_run_sheet(queries.visible_to(request.user)), pk=pk)
    challenges = list(queries.challenges_of([lab], request.user))
    context = {
        "lab": lab,
        "challenges": challenges,
        "stations": journey.line([challenge.pk for challenge in challenges], request.user),
        "panels": panels_for("lab", request, lab),
        "size": queries.published_size(lab),
        "map": queries.shown_map(lab, request.user),
        "invite_form": InviteForm(lab=lab),
        "join_url": request.build_absolute_uri(reverse("labs:enter", args=[lab.join_code])),
        "history": history_of(lab).exclude(move__in=queries.PRESSES)[:20],
    }
    return render(request, "labs/detail.html", context)


def _chosen(request: HtmxRequest, form: FilterForm) -> queries.Labs:
    """Return what the visitor chose; a choice that does not exist narrows nothing."""
    form.is_valid()
    chosen = form.cleaned_data
    host = chosen.get("host")
    narrowing = queries.Narrowing(
        words=chosen.get("words", ""),
        state=chosen.get("state", ""),
        host=host.pk if host else None,
    )
    return queries.chosen(request.user, narrowing)


def _table(labs: queries.Labs) -> Table:
    columns = [
        "id", _("Title"), _("Host"), _("State"), _("Starts"), _("Place"), _("Purpose"),
        _("Challenges"), _("Receivers"), _("Address"),
    ]  # fmt: skip
    whole = labs.prefetch_related("challenges", "receivers__organisation")
    rows = ([*_row(lab), absolute(lab.get_absolute_url())] for lab in whole)
    return Table(_("labs"), columns, rows)


def _row(lab: Lab) -> list[str | int]:
    return [
        lab.pk,
        lab.title,
        lab.host.name,
        lab.get_state_display(),
        lab.starts_at.isoformat(),
        lab.place,
        lab.purpose,
        len(lab.challenges.all()),
        ", ".join(str(receiver) for receiver in lab.receivers.all()),
    ]
