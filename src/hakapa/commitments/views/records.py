from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hakapa.accounts.http import HtmxRequest
from hakapa.accounts.models import Organisation
from hakapa.charts.columns import Series, columns
from hakapa.commitments import queries, statements
from hakapa.commitments.forms import CountyForm
from hakapa.kernel import paper
from hakapa.kernel.tables import Cell, Table, download
from hakapa.kernel.text import as_id

TEMPLATE = Path(__file__).parents[1] / "templates" / "commitments" / "statement.typ"


@require_safe
def network(request: HtmxRequest) -> HttpResponse:
    form = CountyForm(request.GET)
    commitments = _of_county(request, form.county)
    quarters = queries.quarters(commitments)
    context = {
        "form": form,
        "record": queries.full_record(commitments),
        "records": queries.records(commitments),
        "quarters": quarters,
        "drawing": _drawn(quarters, form.county or _("All organisations")),
        "narrowed": f"?lan={form.county}" if form.county else "",
    }
    return render(request, "commitments/records.html", context)


@require_safe
def organisation(request: HtmxRequest, pk: int) -> HttpResponse:
    receiver = get_object_or_404(Organisation, pk=pk)
    commitments = queries.of_organisation(receiver, request.user)
    quarters = queries.quarters(commitments)
    context = {
        "organisation": receiver,
        "record": queries.full_record(commitments),
        "quarters": quarters,
        "drawing": _drawn(quarters, receiver.name),
        "years": sorted({quarter.begins.year for quarter in quarters}, reverse=True),
    }
    return render(request, "commitments/record_page.html", context)


@require_safe
def statement(request: HtmxRequest, pk: int, year: int) -> HttpResponse:
    told = _statement(request, pk, year)
    return render(request, "commitments/statement.html", {"statement": told})


@require_safe
def statement_pdf(request: HtmxRequest, pk: int, year: int) -> HttpResponse:
    told = _statement(request, pk, year)
    data = statements.as_data(told, get_language() or "sv")
    return paper.download(TEMPLATE, data, name=f"{_('promises')}-{pk}-{year}")


@require_safe
def listing(request: HtmxRequest, form: str) -> HttpResponse:
    records = queries.records(_of_county(request, CountyForm(request.GET).county))
    rows: list[list[Cell]] = [
        [one.organisation.pk, one.organisation.name, *_cells(one.record)] for one in records
    ]
    headings = ["id", _("Receiver"), *(str(words) for _name, words in statements.FIGURES)]
    return download(Table(_("records"), headings, rows), form)


@require_safe
def quarterly(request: HtmxRequest, form: str) -> HttpResponse:
    commitments = _of_county(request, CountyForm(request.GET).county)
    if receiver := as_id(request.GET.get("mottagare")):
        commitments = commitments.filter(receiver=receiver)
    quarters = queries.quarters(commitments)
    headings = [
        _("Quarter"), _("Promised"), pgettext("promises", "Kept"), _("Not kept"),
        _("Date changed"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [[q.name, q.promised, q.kept, q.not_kept, q.changed] for q in quarters]
    return download(Table(_("quarters"), headings, rows), form)


def _of_county(request: HtmxRequest, county: str) -> queries.Commitments:
    commitments = queries.visible_to(request.user)
    return commitments.filter(receiver__county=county) if county else commitments


def _statement(request: HtmxRequest, pk: int, year: int) -> statements.Statement:
    if not statements.FIRST_YEAR <= year <= statements.LAST_YEAR:
        raise Http404
    receiver = get_object_or_404(Organisation, pk=pk)
    return statements.statement(receiver, year, request.user)


def _cells(record: queries.FullRecord) -> list[Cell]:
    return [getattr(record, name) for name, _words in statements.FIGURES]


def _drawn(quarters: Sequence[queries.Quarter], label: str) -> Any:
    """Draw what happened quarter by quarter; nothing when nothing has."""
    if not quarters:
        return ""
    series = [
        Series(_("Promised"), "sea", tuple(q.promised for q in quarters)),
        Series(pgettext("promises", "Kept"), "moss", tuple(q.kept for q in quarters)),
        Series(_("Not kept"), "rose", tuple(q.not_kept for q in quarters)),
        Series(_("Date changed"), "sun", tuple(q.changed for q in quarters)),
    ]
    names = [quarter.name for quarter in quarters]
    return columns(names, series, label=label, language="en" if get_language() == "en" else "sv")
