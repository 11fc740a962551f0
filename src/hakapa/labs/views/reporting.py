from typing import Any

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
    columns = ["id", _("Statement"), _("Kind"), _("Agree"), _("Disagree"), _("Pass"), _("Answers"),
               _("Typed in after closing")]  # fmt: skip
    rows = (
        [s.pk, s.text, s.get_kind_display(), *_counts(s), _("yes") if s.is_late else ""]
        for s in queries.published_statements(lab)
    )
    return download(Table(_("statements"), columns, rows), form)


@require_safe
def contributions(request: HtmxRequest, pk: int, form: str) -> HttpResponse:
    lab = closed(request, pk)
    columns = ["id", _("Text"), _("Kind"), _("Phase"), _("Table"), _("Room"), _("Challenge"),
               _("Language"),
               _("Typed in after closing")]  # fmt: skip
    late = set(queries.typed_in_late(lab).values_list("pk", flat=True))
    rows = (
        [c.pk, c.text, c.get_kind_display(), str(c.phase or ""), c.table, str(c.room or ""),
         str(c.challenge or ""), c.language, _("yes") if c.pk in late else ""]
        for c in queries.contributions_visible_to(request.user).filter(lab=lab)
    )  # fmt: skip
    return download(Table(_("contributions"), columns, rows), form)


def _counts(statement: Any) -> list[int | None]:
    """Return agree, disagree, pass and all; nothing where nobody could answer or too few did."""
    if statement.is_late or statement.agree is None:
        return [None] * 4
    return [statement.agree, statement.disagree, statement.passed, statement.answers]


def closed(request: HtmxRequest, pk: int) -> Lab:
    """Return the lab; what the room thinks is shown to nobody before it is closed."""
    lab = get_object_or_404(queries.visible_to(request.user), pk=pk)
    if lab.state != State.CLOSED:
        raise Http404
    return lab
