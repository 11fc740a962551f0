from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hakapa.accounts.http import UserRequest
from hakapa.proposals import actions, queries
from hakapa.proposals.forms import MergeForm, WithdrawForm
from hakapa.proposals.models import Proposal


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def merge(request: UserRequest, pk: int) -> HttpResponse:
    proposal = _movable(request, pk, "merge")
    form = MergeForm(request.POST or None, proposal=proposal)
    if form.is_valid():
        target = form.cleaned_data["into"]
        actions.merge(proposal, into=target, by=request.user)
        messages.success(request, _("Merged. Every source is kept, and it can be undone."))
        return redirect(target)
    return render(request, "proposals/merge.html", {"form": form, "proposal": proposal})


@require_POST
@login_required
def split(request: UserRequest, pk: int) -> HttpResponse:
    alone = actions.split(_movable(request, pk, "split"), by=request.user)
    messages.success(request, _("The proposal stands for itself again."))
    return redirect(alone)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    proposal = _movable(request, pk, "withdraw")
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        actions.withdraw(proposal, by=request.user, why=form.cleaned_data["why"])
        messages.success(request, _("The proposal is taken back. It can be put forward again."))
        return redirect(proposal)
    return render(request, "proposals/withdraw.html", {"form": form, "proposal": proposal})


@require_POST
@login_required
def reopen(request: UserRequest, pk: int) -> HttpResponse:
    opened = actions.reopen(_movable(request, pk, "reopen"), by=request.user)
    messages.success(request, _("The proposal is put forward again."))
    return redirect(opened)


def _movable(request: UserRequest, pk: int, move: str) -> Proposal:
    """Return the proposal: 404 to strangers, 403 without the right, 409 when it has gone on."""
    proposal = get_object_or_404(queries.visible_to(request.user), pk=pk)
    if not request.user.has_perm(f"proposals.{move}_proposal", proposal):
        raise PermissionDenied
    proposal.lifecycle.find(proposal.state, move)
    return proposal
