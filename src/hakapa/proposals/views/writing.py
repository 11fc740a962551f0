from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hakapa.accounts.http import UserRequest
from hakapa.kernel.text import as_id
from hakapa.labs import queries as labs
from hakapa.labs.models import Lab
from hakapa.proposals import actions, queries
from hakapa.proposals.forms import OFFERED, ProposalForm, WordingForm
from hakapa.proposals.models import Proposal


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: UserRequest) -> HttpResponse:
    lab = _led(request)
    form = ProposalForm(request.POST or None, user=request.user, lab=lab, chosen=_chosen(request))
    if form.is_valid():
        given = form.cleaned_data
        sources = given.pop("sources")
        idea = actions.Idea(**given, language=get_language() or "sv")
        proposal = actions.grow(lab, idea, by=request.user, sources=sources)
        messages.success(request, _("The proposal stands. The lab's receivers have been asked."))
        return redirect(proposal)
    return render(request, "proposals/new.html", {"form": form, "lab": lab})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def improve(request: UserRequest, pk: int) -> HttpResponse:
    proposal = _improvable(request, pk)
    form = WordingForm(request.POST or None, instance=proposal)
    if form.is_valid():
        actions.improve(proposal, by=request.user, words=form.words)
        messages.success(request, _("Saved. The earlier wording is kept in the history."))
        return redirect(proposal)
    return render(request, "proposals/improve.html", {"form": form, "proposal": proposal})


@require_POST
@login_required
def restore(request: UserRequest, pk: int, wording: int) -> HttpResponse:
    proposal = _improvable(request, pk)
    get_object_or_404(proposal.history, history_id=wording)
    actions.restore(proposal, wording=wording, by=request.user)
    messages.success(request, _("The earlier wording is back."))
    return redirect(proposal)


def _improvable(request: UserRequest, pk: int) -> Proposal:
    proposal = get_object_or_404(queries.visible_to(request.user), pk=pk)
    actions.refuse_unless_standing(proposal)
    if not request.user.has_perm("proposals.improve_proposal", proposal):
        raise PermissionDenied
    return proposal


def _led(request: UserRequest) -> Lab:
    """Return the lab that the address names: 404 to who may not see it, 403 to who only may."""
    number = request.GET.get("labb", "")
    pk = as_id(number) or 0
    lab = get_object_or_404(labs.visible_to(request.user), pk=pk)
    if not request.user.has_perm("labs.lead_lab", lab):
        raise PermissionDenied
    actions.refuse_before_the_lab(lab)
    return lab


def _chosen(request: UserRequest) -> list[int]:
    """Return the contributions that the address names, as `fran=3&fran=5` or `fran=3,5`."""
    numbers = ",".join(request.GET.getlist("fran")).split(",")
    return [pk for number in numbers if (pk := as_id(number))][:OFFERED]
