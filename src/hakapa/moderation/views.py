from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hakapa.accounts.http import HtmxRequest, UserRequest
from hakapa.accounts.models import User
from hakapa.kernel.addresses import absolute
from hakapa.kernel.tables import Table, download
from hakapa.moderation import actions, queries, subjects
from hakapa.moderation.forms import DecisionForm, FlagForm
from hakapa.moderation.lifecycle import State
from hakapa.process.queries import history_of

SHOWN = 100
_MARK = "reader"


@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HtmxRequest, kind: str, pk: int) -> HttpResponse:
    subject = subjects.called(kind)
    if subject is None:
        raise Http404
    thing = get_object_or_404(subject.visible_to(request.user), pk=pk, hidden_why="")
    form = FlagForm(request.POST or None)
    if form.is_valid():
        by = request.user if isinstance(request.user, User) else None
        actions.flag(thing, actions.Complaint(mark=_mark(request), **form.cleaned_data), by=by)
        messages.success(request, _("Thank you. Those who moderate will look at it."))
        return redirect(thing)
    context = {"form": form, "thing": thing, "words": subject.words_of(thing), "subject": subject}
    return render(request, "moderation/flag.html", context)


@require_safe
@login_required
def queue(request: UserRequest) -> HttpResponse:
    cases = _moderated(request)
    context = {
        "waiting": queries.with_texts(cases.filter(state=State.OPEN)[:SHOWN], request.user),
        "decided": queries.with_texts(
            cases.exclude(state=State.OPEN).order_by("-decided_at")[:SHOWN], request.user
        ),
    }
    return render(request, "moderation/queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def case(request: UserRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_moderated(request).prefetch_related("flags"), pk=pk)
    told = queries.with_texts([found], request.user)
    if not told:
        raise Http404
    form = DecisionForm(request.POST or None)
    decide = {"hide": actions.hide, "leave": actions.leave}.get(request.POST.get("move", ""))
    if decide and form.is_valid():
        decide(found, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Decided. The reason stands where the text stood."))
        return redirect("moderation:queue")
    context = {"told": told[0], "form": form, "history": history_of(found)}
    return render(request, "moderation/case.html", context)


@require_safe
@login_required
def log(request: UserRequest, form: str) -> HttpResponse:
    columns = [
        "id", _("Kind of text"), _("Reported on"), _("Complaints"), _("State"), _("Reason"),
        _("Decided on"), _("Days open"), _("Address"),
    ]  # fmt: skip
    rows = (_row(told) for told in queries.with_texts(_moderated(request), request.user))
    return download(Table(_("moderation"), columns, rows), form)


def _row(told: queries.Told) -> list[Any]:
    case = told.case
    return [
        case.pk, str(told.subject.name), case.opened_at.isoformat(), case.reports,  # type: ignore[attr-defined]
        str(State(case.state).label), case.reason,
        case.decided_at.isoformat() if case.decided_at else "", case.days_open,
        absolute(told.thing.get_absolute_url()),
    ]  # fmt: skip


def _moderated(request: UserRequest) -> Any:
    """Return the cases: 403 to those who do not moderate."""
    if not request.user.is_staff:
        raise PermissionDenied
    return queries.visible_to(request.user)


def _mark(request: HtmxRequest) -> str:
    """Return what stands for this browser, and cannot be read back."""
    if _MARK not in request.session:
        request.session[_MARK] = get_random_string(32)
    return salted_hmac("moderation.flag", request.session[_MARK], algorithm="sha256").hexdigest()
