from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from hakapa.accounts.http import HtmxRequest, UserRequest
from hakapa.commitments import queries, standing
from hakapa.commitments.forms import AnswerForm, FilterForm
from hakapa.commitments.lifecycle import State
from hakapa.kernel.panels import panels_for
from hakapa.kernel.tables import Table, download
from hakapa.process import journey
from hakapa.process.queries import history_of

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
    context = {
        "commitment": commitment,
        "stations": journey.line([commitment.proposal.challenge_id], request.user),
        "panels": panels_for("commitment", request, commitment),
        "history": history_of(commitment)[:30],
        "form": AnswerForm(commitment=commitment) if commitment.state == State.ASKED else None,
    }
    return render(request, "commitments/detail.html", context)


@require_safe
@login_required
def waiting(request: UserRequest) -> HttpResponse:
    promised = list(queries.promised_for(request.user))
    asked = list(queries.waiting_for(request.user))
    context = {
        "all": [*asked, *promised],
        "asked": asked,
        "late": [promise for promise in promised if promise.days_late()],
        "due": [promise for promise in promised if not promise.days_late()],
    }
    return render(request, "commitments/waiting.html", context)


def _table(commitments: Iterable[Any]) -> Table:
    columns = [
        "id", _("Proposal"), _("Receiver"), _("Role"), pgettext("a heading", "Answer"),
        _("How it stands"), _("Next step"), _("Report no later than"), _("Days late"), _("Reason"),
        _("Answered on"), _("Reports"), _("Challenge"), _("Lab"), _("Address"),
    ]  # fmt: skip
    rows = (
        [
            c.pk, c.proposal.title, c.receiver.name, c.role, str(c.get_state_display()),
            str(standing.standing(c).label), c.next_step, c.due.isoformat() if c.due else "",
            c.days_late(), c.reason, c.answered_on.isoformat() if c.answered_on else "",
            c.reports, c.proposal.challenge.title, c.proposal.lab.title, c.get_absolute_url(),
        ]
        for c in commitments
    )  # fmt: skip
    return Table(_("promises"), columns, rows)
