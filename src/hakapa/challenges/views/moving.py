from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hakapa.accounts.http import UserRequest
from hakapa.accounts.models import Organisation
from hakapa.challenges import actions, queries
from hakapa.challenges.forms import CloseForm, NeedForm
from hakapa.challenges.views.reading import all_of
from hakapa.challenges.views.writing import seen


@require_POST
@login_required
def publish(request: UserRequest, pk: int) -> HttpResponse:
    challenge = get_object_or_404(queries.visible_to(request.user), pk=pk)
    opened = actions.publish(challenge, by=request.user)
    messages.success(request, _("The challenge is open. Anyone can read it now."))
    return redirect(opened)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def close(request: UserRequest, pk: int) -> HttpResponse:
    challenge = seen(request, pk, "close")
    form = CloseForm(request.POST or None)
    if form.is_valid():
        actions.close(challenge, by=request.user, why=form.cleaned_data["why"])
        messages.success(request, _("The challenge is closed."))
        return redirect(challenge)
    return render(request, "challenges/close.html", {"form": form, "challenge": challenge})


@require_POST
@login_required
def reopen(request: UserRequest, pk: int) -> HttpResponse:
    challenge = get_object_or_404(queries.visible_to(request.user), pk=pk)
    opened = actions.reopen(challenge, by=request.user)
    messages.success(request, _("The challenge is open again."))
    return redirect(opened)


@require_POST
@login_required
def share(request: UserRequest, pk: int) -> HttpResponse:
    challenge = seen(request, pk, "share")
    form = NeedForm(request.POST, user=request.user, challenge=challenge)
    if is_noted := form.is_valid():
        actions.share_need(challenge, by=request.user, **form.cleaned_data)
        if not request.htmx:
            messages.success(request, _("Noted: you have it too."))
            return redirect(challenge)
    # Read again: the number that shares the challenge has changed.
    challenge = get_object_or_404(queries.with_all(queries.visible_to(request.user)), pk=pk)
    template = "challenges/detail.html#sharing" if request.htmx else "challenges/detail.html"
    return render(request, template, all_of(request, challenge, form) | {"is_noted": is_noted})


@require_POST
@login_required
def unshare(request: UserRequest, pk: int, organisation: int) -> HttpResponse:
    challenge = get_object_or_404(queries.visible_to(request.user), pk=pk)
    leaving = get_object_or_404(Organisation, pk=organisation)
    actions.withdraw_need(challenge, by=request.user, organisation=leaving)
    messages.success(request, _("Taken back."))
    return redirect(challenge)
