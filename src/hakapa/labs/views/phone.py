from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hakapa.accounts.http import HtmxRequest
from hakapa.kernel.lifecycle import TooLateError
from hakapa.kernel.text import as_id
from hakapa.labs import actions, queries, seats
from hakapa.labs.formats import Capture
from hakapa.labs.forms import EnterForm, JoinForm, VoteForm, WriteForm
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Contribution, Kind, Lab, Participant, Phase


@dataclass(frozen=True)
class Room:
    """Where a seated participant is: the lab, their seat, and what the room does now."""

    lab: Lab
    participant: Participant
    phase: Phase | None
    clock: queries.Clock | None


Seated = Callable[..., HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HtmxRequest) -> HttpResponse:
    form = JoinForm(request.POST or None)
    if form.is_valid():
        found = _at_the_door(request, form.cleaned_data["code"])
        if isinstance(found, Lab):
            return redirect("labs:enter", found.join_code)
        return found
    return render(request, "labs/join.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HtmxRequest, code: str) -> HttpResponse:
    lab = _at_the_door(request, code)
    if not isinstance(lab, Lab):
        return lab
    if not lab.is_open:
        return _not_open(request, lab)
    if seats.seat_in(request, lab):
        return redirect(_onward(lab), lab.join_code)
    form = EnterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        seats.sit(request, actions.join(lab, **form.cleaned_data))
        return redirect(_onward(lab), lab.join_code)
    return render(request, "labs/enter.html", {"form": form, "lab": lab})


def seated(view: Seated) -> Seated:
    """Let those in who have a seat in a running lab; show the others where to go."""

    @wraps(view)
    def page(request: HtmxRequest, code: str, **more: int) -> HttpResponse:
        lab = _at_the_door(request, code)
        if not isinstance(lab, Lab):
            return lab
        participant = seats.seat_in(request, lab)
        if request.method == "POST" and (lab.state != State.RUNNING or participant is None):
            raise TooLateError("nobody sits here")  # its page shows what was sent
        if not lab.is_open:
            return _not_open(request, lab)
        if participant is None:
            return redirect("labs:enter", lab.join_code)
        if lab.state == State.PUBLISHED:
            return render(request, "labs/wait.html", {"lab": lab})
        phase = queries.current_phase(lab)
        clock = queries.clock(phase, timezone.now())
        return view(request, Room(lab, participant, phase, clock), **more)

    return page


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def write(request: HtmxRequest, room: Room) -> HttpResponse:
    form = WriteForm(
        request.POST or None,
        participant=room.participant,
        initial={"key": uuid4(), "kind": _usual_kind(room.phase)},
    )
    if form.is_valid():
        words = actions.Words(
            text=form.cleaned_data["text"],
            kind=Kind(form.cleaned_data["kind"]),
            challenge=form.about,
            language=get_language() or "sv",
        )
        key = form.cleaned_data["key"]
        actions.contribute(room.lab, words, participant=room.participant, key=key)
        return redirect("labs:write", room.lab.join_code)
    context = {"room": room, "form": form, "mine": queries.written_by(room.participant)}
    return render(request, "labs/write.html", context)


@require_POST
@seated
def take_back(request: HtmxRequest, room: Room, contribution: int) -> HttpResponse:  # noqa: ARG001
    mine = get_object_or_404(queries.written_by(room.participant), pk=contribution)
    actions.take_back(mine, participant=room.participant)
    return redirect("labs:write", room.lab.join_code)


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def vote(request: HtmxRequest, room: Room) -> HttpResponse:
    form = VoteForm(request.POST or None)
    if form.is_valid():
        statement = _statement(room, form.cleaned_data["statement"])
        value = form.cleaned_data["value"]
        actions.vote(statement, participant=room.participant, value=value)
        return redirect("labs:vote", room.lab.join_code)
    again = as_id(request.GET.get("om"))
    shown = get_object_or_404(queries.open_statements(room.lab), pk=again) if again else None
    context = {
        "room": room,
        "statement": shown or queries.next_statement(room.participant),
        "given": room.participant.votes.filter(statement=shown).first() if shown else None,
        "previous": queries.previous_vote(room.participant, shown),
        "progress": queries.progress(room.participant),
    }
    return render(request, "labs/vote.html", context)


def _at_the_door(request: HtmxRequest, code: str) -> Lab | HttpResponse:
    """Return the lab of the code, or the page that says why not; only wrong codes are counted."""
    lab = queries.by_code(code)
    if lab and seats.seat_in(request, lab):
        return lab
    address = request.META.get("REMOTE_ADDR", "")
    if seats.guesses_too_much(request) or queries.guesses_too_much(address):
        return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    if lab:
        return lab
    seats.remember_wrong_code(request)
    actions.count_wrong_code(address)
    form = JoinForm({"code": code[:20]})
    form.add_error("code", _("No lab has that code. Look at the big screen and try again."))
    return render(request, "labs/join.html", {"form": form}, status=HTTPStatus.NOT_FOUND)


def _not_open(request: HtmxRequest, lab: Lab) -> HttpResponse:
    if lab.state == State.CLOSED:
        return render(request, "labs/thanks.html", {"lab": lab})
    return redirect(lab)


def _onward(lab: Lab) -> str:
    """Return the page that fits what the room does now."""
    phase = queries.current_phase(lab)
    return "labs:vote" if phase and phase.captures == [Capture.VOTE] else "labs:write"


def _usual_kind(phase: Phase | None) -> str:
    """Return the kind that the phase asks for first."""
    asked = phase.captures if phase else []
    return next((word for word in asked if word in Kind.values), Kind.INSIGHT)


def _statement(room: Room, number: int) -> Contribution:
    return get_object_or_404(room.lab.contributions.filter(is_statement=True), pk=number)
