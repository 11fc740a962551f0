"""What the lab leader does with what people have written."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hakapa.accounts.http import UserRequest
from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import actions
from hakapa.labs.forms import CardForm, HideForm, MergeForm
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Contribution, Kind
from hakapa.labs.views.leading import page
from hakapa.labs.views.planning import led

_DEEDS: dict[str, Callable[..., object]] = {
    "unhide": actions.unhide,
    "approve": actions.approve,
    "hold_back": actions.hold_back,
    "promote": actions.promote,
    "demote": actions.demote,
    "unmerge": actions.unmerge,
}


@require_POST
@login_required
def hide(request: UserRequest, pk: int, contribution: int) -> HttpResponse:
    lab = led(request, pk)
    hidden = get_object_or_404(Contribution, lab=lab, pk=contribution)
    form = HideForm(request.POST)
    if form.is_valid():
        actions.hide(hidden, by=request.user, why=form.cleaned_data["why"])
        return redirect("labs:lead", pk)
    return page(request, lab, hiding=hidden, form=form)


@require_POST
@login_required
def moderate(request: UserRequest, pk: int, contribution: int) -> HttpResponse:
    lab = led(request, pk)
    note = get_object_or_404(Contribution, lab=lab, pk=contribution)
    if deed := _DEEDS.get(request.POST.get("deed", "")):
        deed(note, by=request.user)
    return redirect("labs:lead", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def merge(request: UserRequest, pk: int) -> HttpResponse:
    lab = led(request, pk)
    if lab.state != State.RUNNING:
        raise TooLateError("the lab is not running")
    only_tables = "bord" in request.GET
    first = {"key": uuid4(), "kind": Kind.PROPOSAL, "sources": request.GET.getlist("med")}
    form = MergeForm(request.POST or None, lab=lab, only_tables=only_tables, initial=first)
    if form.is_valid():
        words = actions.Words(
            text=form.cleaned_data["text"],
            kind=Kind(form.cleaned_data["kind"]),
            language=get_language() or "sv",
        )
        chosen = [source.pk for source in form.cleaned_data["sources"]]
        key = form.cleaned_data["key"]
        try:
            actions.merge(lab, words, sources=chosen, by=request.user, key=key)
            messages.success(request, _("Merged. The sources are kept under it."))
            return redirect("labs:lead", pk)
        except ValidationError as error:
            form.add_error(None, error.messages)
    return render(request, "labs/merge.html", {"lab": lab, "form": form, "tables": only_tables})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def type_in(request: UserRequest, pk: int) -> HttpResponse:
    lab = led(request, pk)
    if not lab.takes_cards:
        raise TooLateError("the lab takes no cards")
    form = CardForm(request.POST or None, lab=lab, initial={"kind": Kind.INSIGHT})
    typed = None
    if form.is_valid():
        words = actions.Words(
            text=form.cleaned_data["text"],
            kind=Kind(form.cleaned_data["kind"]),
            challenge=lab.challenges.first(),
            language=get_language() or "sv",
        )
        card, where = form.cleaned_data["card"], _where(form)
        try:
            typed = actions.type_in(lab, words, card=card, by=request.user, **where)
            # The next card is often of the same pile.
            form = CardForm(lab=lab, initial={"kind": words.kind, **where})
        except ValidationError as error:
            form.add_error("card", error.messages)
    return render(request, "labs/type_in.html", {"lab": lab, "form": form, "typed": typed})


def _where(form: CardForm) -> dict[str, Any]:
    """Return at which table, and in which room when there are several, a card was written."""
    return {"table": form.cleaned_data["table"], "room": form.cleaned_data.get("room")}
