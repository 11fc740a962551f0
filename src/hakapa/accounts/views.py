from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hakapa.accounts import actions, queries
from hakapa.accounts.forms import FilterForm, MeForm, MemberForm, OrganisationForm
from hakapa.accounts.http import HtmxRequest, UserRequest
from hakapa.accounts.models import Organisation, Role
from hakapa.kernel.addresses import absolute
from hakapa.kernel.panels import panels_for
from hakapa.kernel.tables import Table, download


@require_safe
def index(request: HtmxRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    context = {"form": form, "organisations": _chosen(request, form)}
    return render(request, "accounts/index.html", context)


@require_safe
def listing(request: HtmxRequest, form: str) -> HttpResponse:
    columns = ["id", _("Name"), _("Kind"), _("Code"), _("County"), _("Inhabitants"), _("Address")]
    rows = (
        [
            o.pk,
            o.name,
            o.get_kind_display(),
            o.code,
            o.county,
            o.inhabitants,
            absolute(o.get_absolute_url()),
        ]
        for o in _chosen(request, FilterForm(request.GET))
    )
    return download(Table(_("organisations"), columns, rows), form)


@require_safe
def organisation(request: HtmxRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(
        queries.visible_to(request.user).prefetch_related("populations", "units"), pk=pk
    )
    context = {"organisation": shown, "panels": panels_for("organisation", request, shown)}
    return render(request, "accounts/organisation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: UserRequest) -> HttpResponse:
    if not request.user.has_perm("accounts.add_organisation"):
        raise PermissionDenied
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        return redirect(_found(request, form.cleaned_data))
    return render(request, "accounts/new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def members(request: UserRequest, pk: int) -> HttpResponse:
    led = _administered(request, pk)
    form = MemberForm(request.POST or None)
    if form.is_valid():
        try:
            actions.appoint(led, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:members", pk)
    context = {"organisation": led, "members": queries.members_of(led), "form": form}
    return render(request, "accounts/members.html", context)


@require_POST
@login_required
def dismiss(request: UserRequest, pk: int, membership: int) -> HttpResponse:
    led = _administered(request, pk)
    leaving = get_object_or_404(led.memberships, pk=membership)
    try:
        actions.dismiss(leaving, by=request.user)
        messages.success(request, _("They no longer work here."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("accounts:members", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def me(request: UserRequest) -> HttpResponse:
    form = MeForm(request.POST or None, instance=request.user)
    if form.is_valid():
        actions.rename(request.user, name=form.cleaned_data["name"])
        messages.success(request, _("Saved."))
        return redirect("accounts:me")
    context = {
        "form": form,
        "memberships": request.user.memberships.select_related("organisation", "unit"),
        "panels": panels_for("me", request, request.user),
    }
    return render(request, "accounts/me.html", context)


@require_safe
@login_required
def my_data(request: UserRequest) -> HttpResponse:
    return JsonResponse(
        queries.all_about(request.user),
        headers={"Content-Disposition": 'attachment; filename="hakapa.json"'},
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def erase(request: UserRequest) -> HttpResponse:
    if request.method == "POST":
        person = request.user
        logout(request)
        actions.erase(person)
        messages.success(request, _("Your account and what it told about you are gone."))
        return redirect("web:start")
    return render(request, "accounts/erase.html")


def _chosen(request: HtmxRequest, form: FilterForm) -> queries.Organisations:
    form.is_valid()
    chosen = form.cleaned_data
    return queries.chosen(request.user, words=chosen.get("words", ""), kind=chosen.get("kind", ""))


def _administered(request: UserRequest, pk: int) -> Organisation:
    led = get_object_or_404(Organisation, pk=pk)
    if not request.user.has_perm("accounts.appoint_organisation", led):
        raise PermissionDenied
    return led


@transaction.atomic
def _found(request: UserRequest, told: dict[str, Any]) -> Organisation:
    """Enter the organisation with its population and its first administrator, all or nothing."""
    fields = {name: told[name] for name in ("kind", "name", "code", "county")}
    entered = actions.found(by=request.user, **fields)
    if told["inhabitants"] is not None:
        actions.count(
            entered, value=told["inhabitants"], as_of=told["as_of"], source=told["source"]
        )
    actions.appoint(
        entered, by=request.user, email=str(told["administrator"]), role=Role.ADMINISTRATOR
    )
    return entered
