from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hakapa.accounts.http import HtmxRequest, UserRequest
from hakapa.kernel.panels import panels_for
from hakapa.kernel.text import as_id
from hakapa.labs import actions, queries, screens
from hakapa.labs.forms import HideForm
from hakapa.labs.models import Contribution, Lab
from hakapa.labs.qr import way_in
from hakapa.labs.views.planning import led

NEWEST = 60


@require_safe
@login_required
def lead(request: UserRequest, pk: int) -> HttpResponse:
    lab = led(request, pk)
    name = "labs/lead.html#counts" if request.htmx else "labs/lead.html"
    context = {
        **_room(lab),
        "panels": panels_for("lead", request, lab),
        "stream": screens.stream(lab, "leader", request.user),
    }
    return render(request, name, context)


@require_POST
@login_required
def start(request: UserRequest, pk: int) -> HttpResponse:
    lab = actions.start(led(request, pk), by=request.user)
    return redirect("labs:lead", lab.pk)


@require_POST
@login_required
def step(request: UserRequest, pk: int) -> HttpResponse:
    leave = as_id(request.POST.get("leave")) or 0
    back = "back" in request.POST
    lab = led(request, pk)
    actions.step(lab, by=request.user, leave=leave, back=back)
    return redirect("labs:lead", pk)


@require_POST
@login_required
def close(request: UserRequest, pk: int) -> HttpResponse:
    lab = actions.close(led(request, pk), by=request.user)
    messages.success(request, _("The lab is closed. Thank you! Everything is in the report now."))
    return redirect(lab)


@require_POST
@login_required
def resume(request: UserRequest, pk: int) -> HttpResponse:
    lab = actions.resume(led(request, pk), by=request.user)
    return redirect("labs:lead", lab.pk)


@require_POST
@login_required
def hide(request: UserRequest, pk: int, contribution: int) -> HttpResponse:
    lab = led(request, pk)
    hidden = get_object_or_404(Contribution, lab=lab, pk=contribution)
    form = HideForm(request.POST)
    if form.is_valid():
        actions.hide(hidden, by=request.user, why=form.cleaned_data["why"])
        return redirect("labs:lead", pk)
    return render(request, "labs/lead.html", {**_room(lab), "hiding": hidden, "form": form})


@require_POST
@login_required
def unhide(request: UserRequest, pk: int, contribution: int) -> HttpResponse:
    lab = led(request, pk)
    actions.unhide(get_object_or_404(Contribution, lab=lab, pk=contribution), by=request.user)
    return redirect("labs:lead", pk)


@require_safe
def projector(request: HtmxRequest, pk: int) -> HttpResponse:
    lab = get_object_or_404(queries.visible_to(request.user), pk=pk)
    context = {
        **screens.projector.shown(lab),
        "way": way_in(request, lab),
        "stream": screens.stream(lab, "projector", request.user),
    }
    return render(request, "labs/projector.html", context)


def _room(lab: Lab) -> dict[str, Any]:
    """Return what the lab leader sees."""
    phases = list(lab.phases.all())
    now = queries.current_phase(lab)
    place = now.position if now else 0
    return {
        "lab": lab,
        "phases": phases,
        "now": now,
        "next": next((phase for phase in phases if phase.position > place), None),
        "clock": queries.clock(now, timezone.now()),
        "tables": queries.tables(lab),
        "size": queries.size(lab),
        "incoming": queries.incoming(lab)[:NEWEST],
        "form": HideForm(),
    }
