from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hakapa.accounts.http import HtmxRequest
from hakapa.kernel.panels import panels_for
from hakapa.kernel.tables import Table, download
from hakapa.labs import queries
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab

PER_PAGE = 20


@require_safe
def report(request: HtmxRequest, pk: int) -> HttpResponse:
    lab = get_object_or_404(queries.with_run_sheet(queries.visible_to(request.user)), pk=pk)
    if lab.state != State.CLOSED:
        return render(request, "labs/report_later.html", {"lab": lab})
    order = request.GET.get("order", "")
    found = queries.published_statements(lab, order)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "lab": lab,
        "size": queries.published_size(lab),
        "perspectives": queries.perspectives(lab),
        "smallest": queries.SMALLEST_CELL,
        "map": queries.shown_map(lab, request.user),
        "page_obj": page,
        "order": order,
        "dots": queries.published_dots(lab),
        "ratings": queries.published_ratings(lab),
        "kinds": queries.by_kind(lab),
        "panels": panels_for("lab", request, lab),
    }
    name = "labs/report.html#statements" if request.htmx else "labs/report.html"
    return render(request, name, context)


@require_safe
def statements(request: HtmxRequest, pk: int, form: str) -> HttpResponse:
    lab = closed(request, pk)
    columns = ["id", _("Statement"), _("Kind"), _("Agree"), _("Disagree"), _("Pass"), _("Answers")]
    rows = (
        [s.pk, s.text, s.get_kind_display(), s.agree, s.disagree, s.passed,
         s.answers if s.agree is not None else None]
        for s in queries.published_statements(lab)
    )  # fmt: skip
    return download(Table(_("statements"), columns, rows), form)


@require_safe
def contributions(request: HtmxRequest, pk: int, form: str) -> HttpResponse:
    lab = closed(request, pk)
    columns = ["id", _("Text"), _("Kind"), _("Phase"), _("Table"), _("Challenge"), _("Language")]
    rows = (
        [c.pk, c.text, c.get_kind_display(), str(c.phase or ""), c.table,
         str(c.challenge or ""), c.language]
        for c in queries.contributions_visible_to(request.user).filter(lab=lab)
    )  # fmt: skip
    return download(Table(_("contributions"), columns, rows), form)


def closed(request: HtmxRequest, pk: int) -> Lab:
    """Return the lab; what the room thinks is shown to nobody before it is closed."""
    lab = get_object_or_404(queries.visible_to(request.user), pk=pk)
    if lab.state != State.CLOSED:
        raise Http404
    return lab
