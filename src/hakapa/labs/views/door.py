"""The way in: a code, a seat, and what is said when there is none."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hakapa.accounts.http import HtmxRequest
from hakapa.labs import actions, codes, queries, seats
from hakapa.labs.forms import EnterForm, JoinForm
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab, PersonalCode

_WHERE = {
    queries.Doing.WRITE: "labs:write",
    queries.Doing.WEIGH: "labs:vote",
    queries.Doing.ANSWER: "labs:questions",
}


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HtmxRequest) -> HttpResponse:
    form = JoinForm(request.POST or None)
    if form.is_valid():
        found = at_the_door(request, form.cleaned_data["code"])
        if isinstance(found, queries.Door):
            return redirect("labs:enter", codes.as_typed(form.cleaned_data["code"]))
        return found
    return render(request, "labs/join.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HtmxRequest, code: str) -> HttpResponse:
    door = at_the_door(request, code)
    if not isinstance(door, queries.Door):
        return door
    if not door.lab.is_open or queries.is_past(door.lab):
        return not_open(request, door.lab)
    if seats.seat_in(request, door.lab):
        return redirect(onward(door.lab), door.lab.join_code)
    if door.asks_for_a_personal_code:
        return render(request, "labs/phone/personal.html", {"lab": door.lab, "form": JoinForm()})
    if door.personal and door.personal.participant_id:
        return _sit_again(request, door.lab, door.personal)
    return _take_a_seat(request, door)


def at_the_door(request: HtmxRequest, code: str) -> queries.Door | HttpResponse:
    """Return where the code leads, or the page that says why not; only wrong codes are counted."""
    door = queries.door_of(code)
    if door and seats.seat_in(request, door.lab):
        return door
    address = request.META.get("REMOTE_ADDR", "")
    if seats.guesses_too_much(request) or queries.guesses_too_much(address):
        return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    if door:
        return door
    seats.remember_wrong_code(request)
    actions.count_wrong_code(address)
    form = JoinForm({"code": code[:20]})
    form.add_error("code", _("No lab has that code. Look at the big screen and try again."))
    return render(request, "labs/join.html", {"form": form}, status=HTTPStatus.NOT_FOUND)


def not_open(request: HtmxRequest, lab: Lab) -> HttpResponse:
    """Say thank you when the lab is over; show why when it never began."""
    if lab.state == State.CLOSED or queries.is_past(lab):
        context = {"lab": lab, "seat": seats.seat_in(request, lab)}
        return render(request, "labs/phone/thanks.html", context)
    return redirect(lab)


def onward(lab: Lab) -> str:
    """Return the page that fits what the room does now."""
    return _WHERE.get(queries.doing(lab, queries.current_phase(lab)), "labs:now")


def _take_a_seat(request: HtmxRequest, door: queries.Door) -> HttpResponse:
    form = EnterForm(request.POST if request.method == "POST" else None, door=door)
    if form.is_valid():
        try:
            seat = actions.join(door.lab, code=door.personal, **form.cleaned_data)
        except actions.SeatTakenError:
            return _taken(request, door.lab)
        seats.sit(request, seat)
        return redirect(onward(door.lab), door.lab.join_code)
    context = {"form": form, "lab": door.lab, "room": door.room}
    return render(request, "labs/enter.html", context)


def _sit_again(request: HtmxRequest, lab: Lab, code: PersonalCode) -> HttpResponse:
    """Offer the seat of a code that was freed; only a press takes it."""
    if code.freed_at is None:
        return _taken(request, lab)
    if request.method != "POST":
        return render(request, "labs/phone/sit_again.html", {"lab": lab})
    try:
        seats.sit(request, actions.sit_again(code))
    except actions.SeatTakenError:
        return _taken(request, lab)
    return redirect(onward(lab), lab.join_code)


def _taken(request: HtmxRequest, lab: Lab) -> HttpResponse:
    """Say that the personal code has given its seat, and what can be done."""
    context = {"lab": lab, "form": JoinForm()}
    return render(request, "labs/phone/taken.html", context, status=HTTPStatus.CONFLICT)
