"""The lab leader's own page and its run sheet."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hakapa.accounts.http import UserRequest
from hakapa.kernel.panels import panels_for
from hakapa.kernel.text import as_id
from hakapa.labs import actions, queries, screens
from hakapa.labs.forms import EndingForm, HandOverForm, HideForm
from hakapa.labs.models import Lab
from hakapa.labs.views.planning import led

TWO_MINUTES = 120
Press = Callable[[Lab, UserRequest], object]


@require_safe
@login_required
def lead(request: UserRequest, pk: int) -> HttpResponse:
    return page(request, led(request, pk))


@require_POST
@login_required
def start(request: UserRequest, pk: int) -> HttpResponse:
    lab = actions.start(led(request, pk), by=request.user)
    return redirect("labs:lead", lab.pk)


@require_POST
@login_required
def step(request: UserRequest, pk: int) -> HttpResponse:
    lab = led(request, pk)
    actions.step(lab, by=request.user, leave=_sent(request), back="back" in request.POST)
    return redirect("labs:lead", pk)


@require_POST
@login_required
def pace(request: UserRequest, pk: int) -> HttpResponse:
    _press(_PACE, led(request, pk), request)
    return redirect("labs:lead", pk)


@require_POST
@login_required
def arrange(request: UserRequest, pk: int) -> HttpResponse:
    _press(_ARRANGING, led(request, pk), request)
    return redirect("labs:lead", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def close(request: UserRequest, pk: int) -> HttpResponse:
    lab = led(request, pk)
    silent, early = queries.unanswered(lab), queries.is_early(lab)
    form = EndingForm(
        request.POST if request.method == "POST" else None, silent=silent, early=early
    )
    if form.is_valid():
        why, missing = form.cleaned_data.get("why", ""), form.missing
        closed = actions.close(lab, by=request.user, why=why, missing=missing)
        messages.success(
            request, _("The lab is closed. Thank you! Everything is in the report now.")
        )
        return redirect(closed)
    return render(request, "labs/close.html", {"lab": lab, "form": form, "early": early})


@require_POST
@login_required
def resume(request: UserRequest, pk: int) -> HttpResponse:
    lab = actions.resume(led(request, pk), by=request.user)
    return redirect("labs:lead", lab.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def hand_over(request: UserRequest, pk: int) -> HttpResponse:
    lab = led(request, pk)
    if "take" in request.POST:
        actions.take_lead(lab, by=request.user, leave=as_id(request.POST.get("holder")))
        return redirect("labs:lead", pk)
    form = HandOverForm(request.POST or None, lab=lab, by=request.user)
    if form.is_valid():
        holder = as_id(request.POST.get("holder"))
        actions.hand_over(lab, by=request.user, to=form.cleaned_data["to"].user, leave=holder)
        return redirect("labs:lead", pk)
    return render(request, "labs/hand_over.html", {"lab": lab, "form": form})


def page(request: UserRequest, lab: Lab, **more: Any) -> HttpResponse:
    """Show the lab leader's page."""
    context = {
        **screens.leader.shown(lab),
        "panels": panels_for("lead", request, lab),
        "stream": screens.stream(lab, "leader", request.user),
        "form": HideForm(),
        **more,
    }
    return render(request, "labs/lead.html", context)


def _sent(request: UserRequest, name: str = "leave") -> int:
    """Return the number that was sent; 0, which is no phase, when it was none."""
    return as_id(request.POST.get(name)) or 0


def _press(presses: dict[str, Press], lab: Lab, request: UserRequest) -> None:
    """Do what was pressed; what nobody can press does nothing."""
    if press := presses.get(request.POST.get("press", "")):
        press(lab, request)


def _give(seconds: int) -> Press:
    def give(lab: Lab, request: UserRequest) -> None:
        sent = request.POST.get("extra", "")
        extra = as_id(sent.removeprefix("-"))
        if extra is not None:
            extra = -extra if sent.startswith("-") else extra
            leave = _sent(request)
            actions.give_time(lab, by=request.user, leave=leave, extra=extra, seconds=seconds)

    return give


_PACE: dict[str, Press] = {
    "pause": lambda lab, sent: actions.pause(lab, by=sent.user, leave=_sent(sent)),
    "go_on": lambda lab, sent: actions.go_on(lab, by=sent.user, leave=_sent(sent)),
    "more": _give(TWO_MINUTES),
    "less": _give(-TWO_MINUTES),
    "skip": lambda lab, sent: actions.skip(lab, by=sent.user, position=_sent(sent, "position")),
    "unskip": lambda lab, sent: actions.unskip(lab, by=sent.user, position=_sent(sent, "position")),
}
_ARRANGING: dict[str, Press] = {
    "open_voting": lambda lab, sent: actions.open_voting(lab, by=sent.user),
    "close_voting": lambda lab, sent: actions.close_voting(lab, by=sent.user),
    "show_results": lambda lab, sent: actions.show_results(lab, by=sent.user),
    "hide_results": lambda lab, sent: actions.hide_results(lab, by=sent.user),
    "look_first": lambda lab, sent: actions.look_first(lab, by=sent.user, first=True),
    "show_at_once": lambda lab, sent: actions.look_first(lab, by=sent.user, first=False),
}
