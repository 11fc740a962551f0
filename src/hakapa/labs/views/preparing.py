"""What is made ready before the room is full: rooms, codes on paper, cards, the run sheet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hakapa.accounts.http import UserRequest
from hakapa.kernel.forms import PlainForm
from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import actions, cards, queries
from hakapa.labs.actions.holding import BEFORE_IT_BEGINS
from hakapa.labs.forms import CodesForm, FreeForm, RoomForm, SheetForm, StepForm
from hakapa.labs.models import Lab, Room
from hakapa.labs.qr import seat_codes
from hakapa.labs.views.planning import led

CODES_PER_SHEET = 120
CARDS = 24


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rooms(request: UserRequest, pk: int) -> HttpResponse:
    lab = led(request, pk)
    form = RoomForm(request.POST or None)
    if form.is_valid():
        try:
            actions.add_room(lab, by=request.user, **form.cleaned_data)
            return redirect("labs:rooms", pk)
        except ValidationError:
            form.add_error("name", _("There is a room of that name already."))
    context = {"lab": lab, "form": form, "rooms": queries.rooms(lab)}
    return render(request, "labs/rooms.html", context)


@require_POST
@login_required
def remove_room(request: UserRequest, pk: int, room: int) -> HttpResponse:
    lab = led(request, pk)
    try:
        actions.remove_room(get_object_or_404(Room, lab=lab, pk=room), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("labs:rooms", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def codes(request: UserRequest, pk: int) -> HttpResponse:
    lab = led(request, pk)
    form = CodesForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.provide_codes(lab, by=request.user, **form.cleaned_data)
            said = ngettext("%(made)d code is made.", "%(made)d codes are made.", made)
            messages.success(request, said % {"made": made})
            return redirect("labs:codes", pk)
        except ValidationError as error:
            form.add_error("number", error.messages)
    return _codes(request, lab, form=form)


@require_POST
@login_required
def free_code(request: UserRequest, pk: int) -> HttpResponse:
    lab = led(request, pk)
    form = FreeForm(request.POST)
    if form.is_valid():
        try:
            freed = actions.free_code(lab, by=request.user, **form.cleaned_data)
            said = _(
                "%(code)s is free. Type it in on the other phone: the seat is there, with all that "
                "was written and answered."
            )
            messages.success(request, said % {"code": freed.code})
            return redirect("labs:codes", pk)
        except ValidationError as error:
            form.add_error("code", error.messages)
    return _codes(request, lab, free_form=form)


def _codes(request: UserRequest, lab: Lab, **forms: PlainForm) -> HttpResponse:
    """Show the page of the personal codes, with the form that needs another look."""
    shown = {"form": CodesForm(), "free_form": FreeForm(), **forms}
    context = {"lab": lab, "codes": queries.codes_of(lab), **shown}
    return render(request, "labs/codes.html", context)


@require_safe
@login_required
def code_sheet(request: UserRequest, pk: int) -> HttpResponse:
    lab = led(request, pk)
    sheets = Paginator(lab.personal_codes.all(), CODES_PER_SHEET)
    sheet = sheets.get_page(request.GET.get("page"))
    context = {"lab": lab, "page_obj": sheet, "codes": seat_codes(request, sheet)}
    return render(request, "labs/code_sheet.html", context)


@require_safe
@login_required
def card_sheet(request: UserRequest, pk: int) -> HttpResponse:
    lab = led(request, pk)
    form = SheetForm(request.GET or None, initial={"first": 1, "number": CARDS})
    asked = form.cleaned_data if form.is_valid() else {}
    first, number = asked.get("first", 1), asked.get("number", CARDS)
    numbers = range(first, min(first + number, cards.MOST + 1))
    printed = [cards.code_of(lab.pk, number) for number in numbers]
    return render(request, "labs/card_sheet.html", {"lab": lab, "form": form, "cards": printed})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rewrite(request: UserRequest, pk: int) -> HttpResponse:
    lab = led(request, pk)
    if lab.state not in BEFORE_IT_BEGINS:
        raise TooLateError("the lab has begun")
    forms = [StepForm(request.POST or None, phase=phase) for phase in lab.phases.all()]
    if request.method == "POST" and all(form.is_valid() for form in forms):
        _save(lab, forms, request)
        messages.success(request, _("The run sheet is changed."))
        return redirect(lab)
    return render(request, "labs/rewrite.html", {"lab": lab, "forms": forms})


def _save(lab: Lab, forms: list[StepForm], request: UserRequest) -> None:
    steps = {}
    for form in forms:
        kept = {"ballot": form.phase.ballot, "dots": form.phase.dots}
        steps[form.phase.position] = actions.Step(**{**kept, **form.cleaned_data})
    actions.rewrite(lab, by=request.user, steps=steps)
