from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hakapa.accounts.http import UserRequest
from hakapa.commitments import actions, queries
from hakapa.commitments.forms import ChangeDateForm, HandOverForm
from hakapa.commitments.views.answering import spoken_for


@require_safe
@login_required
def waiting(request: UserRequest) -> HttpResponse:
    mine = request.GET.get("mina") == "1"
    context = {"desk": queries.desk(request.user, mine=mine), "mine": mine}
    return render(request, "commitments/waiting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def hand_over(request: UserRequest, pk: int) -> HttpResponse:
    commitment = spoken_for(request, pk, "hand_over")
    actions.refuse_when_nothing_is_left(commitment)
    form = HandOverForm(request.POST or None, commitment=commitment, by=request.user)
    if form.is_valid():
        chosen = form.cleaned_data
        to, note = chosen["to"].user, chosen["note"]
        actions.hand_over(commitment, to=to, note=note, by=request.user)
        messages.success(request, _("Handed over. Your colleague finds it on the desk."))
        return redirect("commitments:waiting")
    return render(request, "commitments/hand_over.html", {"form": form, "commitment": commitment})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_date(request: UserRequest, pk: int) -> HttpResponse:
    commitment = spoken_for(request, pk, "keep")
    actions.refuse_without_promise(commitment)
    form = ChangeDateForm(request.POST or None, commitment=commitment)
    if form.is_valid():
        try:
            actions.change_date(commitment, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The new date stands in the open, with the reason."))
            return redirect(commitment)
    context = {"form": form, "commitment": commitment}
    return render(request, "commitments/change_date.html", context)
