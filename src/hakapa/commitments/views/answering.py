from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hakapa.accounts.http import UserRequest
from hakapa.challenges.models import EffectGoal
from hakapa.commitments import actions, queries
from hakapa.commitments.forms import AnswerForm, PictureForm, ReportForm
from hakapa.commitments.models import Commitment


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def answer(request: UserRequest, pk: int) -> HttpResponse:
    commitment = spoken_for(request, pk, "take")
    actions.refuse_when_settled(commitment)
    form = AnswerForm(request.POST or None, commitment=commitment)
    if form.is_valid() and _gives_answer(request, commitment, form):
        messages.success(request, _("Your answer stands in the open. Thank you."))
        return redirect(commitment)
    return render(request, "commitments/answer.html", {"form": form, "commitment": commitment})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report(request: UserRequest, pk: int) -> HttpResponse:
    commitment = spoken_for(request, pk, "keep")
    actions.refuse_without_promise(commitment)
    goal = EffectGoal.objects.filter(challenge=commitment.proposal.challenge_id).first()
    form = ReportForm(request.POST or None, goal=goal)
    picture_form = PictureForm(request.POST or None, request.FILES or None, empty_permitted=True)
    are_valid = all([form.is_valid(), picture_form.is_valid()])
    if are_valid and _tells(request, commitment, form, picture_form):
        messages.success(request, _("Your report stands in the open. Thank you."))
        return redirect(commitment)
    picture_form.ask_again()
    context = {"form": form, "picture_form": picture_form, "commitment": commitment}
    return render(request, "commitments/report.html", context)


def spoken_for(request: UserRequest, pk: int, right: str) -> Commitment:
    """Return the commitment: 404 to who may not see it, 403 to who may only see it."""
    commitment: Commitment = get_object_or_404(queries.visible_to(request.user), pk=pk)
    if not request.user.has_perm(f"commitments.{right}_commitment", commitment):
        raise PermissionDenied
    return commitment


def _gives_answer(request: UserRequest, commitment: Commitment, form: AnswerForm) -> bool:
    """Give the answer, or say beside the field what it lacks."""
    given = actions.Answer(**form.cleaned_data, language=get_language() or "")
    try:
        actions.answer(commitment, given, by=request.user)
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return not form.errors


def _tells(
    request: UserRequest, commitment: Commitment, form: ReportForm, picture_form: PictureForm
) -> bool:
    """Tell how the promise went, or say beside the field what the report lacks."""
    told = actions.Report(
        **form.cleaned_data,
        language=get_language() or "",
        shown=actions.Shown(**picture_form.cleaned_data) if picture_form.cleaned_data else None,
    )
    try:
        actions.report(commitment, told, by=request.user)
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return not form.errors
