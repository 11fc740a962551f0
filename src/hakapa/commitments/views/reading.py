from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from hakapa.accounts.http import HtmxRequest
from hakapa.commitments import queries, standing
from hakapa.commitments.forms import AnswerForm, FilterForm
from hakapa.commitments.lifecycle import State
from hakapa.kernel.addresses import absolute
from hakapa.kernel.panels import panels_for
from hakapa.kernel.tables import Table, download
from hakapa.process import journey

PER_PAGE = 20


@require_safe
def index(request: HtmxRequest) -> HttpResponse:
    form = FilterForm(request.GET, user=request.user)
    choice = form.choice
    promises = queries.chosen(request.user, choice)
    context = {
        "form": form,
        "record": queries.record(queries.narrowed(queries.visible_to(request.user), choice)),
        "page_obj": Paginator(promises, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "commitments/index.html", context)


@require_safe
def listing(request: HtmxRequest, form: str) -> HttpResponse:
    choice = FilterForm(request.GET, user=request.user).choice
    return download(_table(queries.chosen(request.user, choice)), form)


@require_safe
def detail(request: HtmxRequest, pk: int) -> HttpResponse:
    commitment = get_object_or_404(queries.with_reports(queries.visible_to(request.user)), pk=pk)
    history = queries.told_history(commitment)
    context = {
        "commitment": commitment,
        "stations": journey.line([commitment.proposal.challenge_id], request.user),
        "panels": panels_for("commitment", request, commitment),
        "history": history,
        "dates": [event for event in history if event.details.get("due_before")],
        "note": next((e.details.get("note", "") for e in history if e.move == "hand_over"), ""),
        "verdict": queries.verdict(commitment),
        "form": AnswerForm(commitment=commitment) if commitment.state == State.ASKED else None,
    }
    return render(request, "commitments/detail.html", context)


def _table(commitments: Iterable[Any]) -> Table:
    columns = [
        "id", _("Proposal"), _("Receiver"), _("Role"), pgettext("a heading", "Answer"),
        _("How it stands"), _("Next step"), _("Mandate"), _("Report no later than"), _("Days late"),
        _("Reason"),
        _("Answered on"), _("Reports"), _("Challenge"), _("Lab"), _("Address"),
    ]  # fmt: skip
    rows = (
        [
            c.pk, c.proposal.title, c.receiver.name, c.role, str(c.get_state_display()),
            str(standing.standing(c).label), c.next_step, c.get_mandate_display(),
            c.due.isoformat() if c.due else "",
            c.days_late(), c.reason, c.answered_on.isoformat() if c.answered_on else "",
            c.reports, c.proposal.challenge.title, c.proposal.lab.title,
            absolute(c.get_absolute_url()),
        ]
        for c in commitments
    )  # fmt: skip
    return Table(_("promises"), columns, rows)
