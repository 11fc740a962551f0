from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hakapa.accounts.http import UserRequest
from hakapa.accounts.models import Organisation
from hakapa.accounts.queries import is_member
from hakapa.kernel.addresses import absolute
from hakapa.notices import actions, emails, queries
from hakapa.notices.forms import WebhookForm
from hakapa.notices.models import CalendarAddress, Webhook


@require_POST
@login_required
def my_calendar(request: UserRequest) -> HttpResponse:
    if "revoke" in request.POST:
        actions.revoke_calendar(by=request.user)
        messages.success(request, _("The calendar's address leads nowhere any more."))
    else:
        actions.open_calendar(by=request.user)
        messages.success(
            request, _("The calendar has a new address. An older one no longer works.")
        )
    return redirect("notices:choose")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def organisation(request: UserRequest, pk: int) -> HttpResponse:
    shown = _worked_for(request, pk)
    may_manage = request.user.has_perm("notices.manage_organisation", shown)
    form = WebhookForm(request.POST or None) if may_manage else None
    if form and form.is_valid():
        try:
            added = actions.add_webhook(shown, by=request.user, url=form.cleaned_data["url"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(added)
    calendar = CalendarAddress.objects.filter(organisation=shown).first()
    context = {
        "organisation": shown,
        "may_manage": may_manage,
        "form": form,
        "webhooks": shown.webhooks.all(),
        "calendar": absolute(calendar.get_absolute_url()) if calendar else "",
        "embed_url": f"{emails.link('notices:embedded')}?receiver={shown.pk}",
    }
    return render(request, "notices/outward.html", context)


@require_POST
@login_required
def calendar(request: UserRequest, pk: int) -> HttpResponse:
    shown = _worked_for(request, pk)
    if "revoke" in request.POST:
        actions.revoke_calendar(by=request.user, organisation=shown)
        messages.success(request, _("The calendar's address leads nowhere any more."))
    else:
        actions.open_calendar(by=request.user, organisation=shown)
        messages.success(
            request, _("The calendar has a new address. An older one no longer works.")
        )
    return redirect("notices:outward", pk)


@require_safe
@login_required
def webhook(request: UserRequest, pk: int) -> HttpResponse:
    shown = _managed(request, pk)
    context = {"webhook": shown, "log": queries.log_of(shown)}
    return render(request, "notices/webhook.html", context)


@require_POST
@login_required
def probe(request: UserRequest, pk: int) -> HttpResponse:
    actions.probe_webhook(_managed(request, pk), by=request.user)
    messages.success(request, _("A trial is on its way. Look at this page again in a minute."))
    return redirect("notices:webhook", pk)


@require_POST
@login_required
def enable(request: UserRequest, pk: int) -> HttpResponse:
    actions.enable_webhook(_managed(request, pk), by=request.user)
    messages.success(request, _("The webhook is told again."))
    return redirect("notices:webhook", pk)


@require_POST
@login_required
def drop(request: UserRequest, pk: int) -> HttpResponse:
    gone = _managed(request, pk)
    actions.drop_webhook(gone, by=request.user)
    messages.success(request, _("The webhook is gone."))
    return redirect("notices:outward", gone.organisation_id)


def _worked_for(request: UserRequest, pk: int) -> Organisation:
    """Return the organisation, to those who work there or run the site."""
    shown = get_object_or_404(Organisation, pk=pk)
    if not is_member(request.user, pk) and not request.user.is_staff:
        raise PermissionDenied
    return shown


def _managed(request: UserRequest, pk: int) -> Webhook:
    """Return the webhook to those who manage it; nobody else learns that there is one."""
    shown = get_object_or_404(Webhook.objects.select_related("organisation"), pk=pk)
    if not request.user.has_perm("notices.manage_organisation", shown.organisation):
        raise Http404
    return shown
