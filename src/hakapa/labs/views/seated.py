"""What every page of a seated phone has in common."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from uuid import uuid4

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hakapa.accounts.http import HtmxRequest
from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import queries, seats
from hakapa.labs.forms import WriteForm
from hakapa.labs.models import Kind, Lab, Participant, Phase
from hakapa.labs.screens import stream
from hakapa.labs.views.door import at_the_door, not_open


@dataclass(frozen=True)
class Here:
    """Where a seated participant is: the lab, their seat, and what the room does now."""

    lab: Lab
    participant: Participant
    phase: Phase | None
    clock: queries.Clock | None

    @property
    def doing(self) -> queries.Doing:
        return queries.doing(self.lab, self.phase)


Seated = Callable[..., HttpResponse]


def seated(view: Seated) -> Seated:
    """Let those in who have a seat in an open lab; show the others where to go."""

    @wraps(view)
    def page(request: HtmxRequest, code: str, **more: int) -> HttpResponse:
        door = at_the_door(request, code)
        if not isinstance(door, queries.Door):
            return door
        seat = seats.seat_in(request, door.lab)
        phase = queries.current_phase(door.lab)
        doing = queries.doing(door.lab, phase)
        if request.method == "POST":
            if seat is None or _comes_too_late(request, doing):
                return _refused(request, has_seat=seat is not None)
        elif doing == queries.Doing.OVER or not door.lab.is_open:
            return not_open(request, door.lab)
        elif seat is None:
            return redirect("labs:enter", door.lab.join_code)
        clock = queries.clock(phase, timezone.now())
        try:
            return view(request, Here(door.lab, seat, phase, clock), **more)
        except TooLateError:
            return _refused(request, has_seat=True)

    return page


def _refused(request: HtmxRequest, *, has_seat: bool) -> HttpResponse:
    """Say that it was too late, with what was sent; a script keeps it until told.

    A script that hears that its seat has moved, or was never here, asks for a code.
    """
    if not wants_json(request):
        raise TooLateError("the lab takes nothing more")
    if has_seat:
        said, status = _("The lab takes nothing more."), HTTPStatus.CONFLICT
    else:
        said, status = _("This phone has no seat in the lab."), HTTPStatus.FORBIDDEN
    return JsonResponse({"errors": {"text": [said]}}, status=status)


def _comes_too_late(request: HtmxRequest, doing: queries.Doing) -> bool:
    """Tell whether what was sent comes at the wrong time.

    A script that sends again what was saved before the end is told "saved" after it, too.
    """
    waits = doing == queries.Doing.WAIT
    over = doing == queries.Doing.OVER and not wants_json(request)
    return waits or over


def wants_json(request: HtmxRequest) -> bool:
    """Tell whether a script asks, which keeps what was written until it is told "saved"."""
    kinds = ["text/html", "application/json"]
    return request.get_preferred_type(kinds) == "application/json"


def blank(here: Here, phase: Phase | None, auto_id: str = "id_%s") -> WriteForm:
    """Return an empty form for what the phase asks for."""
    kind = (queries.asked(phase) or [Kind.INSIGHT])[0]
    return WriteForm(
        participant=here.participant,
        auto_id=auto_id,
        initial={"key": uuid4(), "kind": kind, "phase": phase and phase.pk},
    )


def desk(
    request: HtmxRequest, here: Here, opened: str, phase: Phase | None, **more: object
) -> HttpResponse:
    """Return the phone's one page, opened where it is used now: writing, weighing, listening."""
    given = queries.given_by(here.participant)
    context = {
        "here": here,
        "opened": opened,
        "shown_phase": phase,
        "kinds": queries.kinds_for(phase),
        "stream": stream(here.lab, "phone"),
        "form": blank(here, phase),
        "notes": queries.notes_of(here.participant),
        "given": given,
        "given_json": json.dumps(given),
        **more,
    }
    return render(request, "labs/phone/room.html", context)
