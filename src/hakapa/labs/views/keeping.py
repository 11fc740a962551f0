"""Take part first, identify later: an account keeps what was written in a seat."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hakapa.accounts.http import UserRequest
from hakapa.labs import actions, queries, seats
from hakapa.labs.views.door import at_the_door


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def keep(request: UserRequest, code: str) -> HttpResponse:
    door = at_the_door(request, code)
    if not isinstance(door, queries.Door):
        return door
    seat = seats.seat_in(request, door.lab)
    if seat is None:
        return redirect("labs:enter", door.lab.join_code)
    if request.method == "POST":
        actions.claim(seat, by=request.user)
        messages.success(request, _("Kept. What you wrote is on your page; nobody else sees it."))
        return redirect("accounts:me")
    context = {"lab": door.lab, "seat": seat, "notes": queries.written_by(seat)}
    return render(request, "labs/phone/keep.html", context)


@require_POST
@login_required
def let_go(request: UserRequest, seat: int) -> HttpResponse:
    actions.let_go(get_object_or_404(request.user.seats, pk=seat), by=request.user)
    messages.success(request, _("The seat is no longer yours. What was written stays in the lab."))
    return redirect("accounts:me")
