from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hakapa.accounts.http import UserRequest
from hakapa.challenges import actions, queries
from hakapa.challenges.forms import ChallengeForm, GoalForm, MeasurementForm
from hakapa.challenges.models import Challenge, EffectGoal, Measurement


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: UserRequest) -> HttpResponse:
    if not request.user.has_perm("challenges.add_challenge"):
        return render(request, "challenges/needs_organisation.html", status=403)
    form = ChallengeForm(request.POST or None, user=request.user)
    if form.is_valid():
        words = {**form.words, "language": get_language() or "sv"}
        owner = form.cleaned_data["owner"]
        challenge = actions.start(by=request.user, owner=owner, words=words, units=form.units)
        messages.success(request, _("Saved as a draft. Your colleagues can see and improve it."))
        return redirect(challenge)
    return render(request, "challenges/form.html", {"form": form, "similar": _like(request, form)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def improve(request: UserRequest, pk: int) -> HttpResponse:
    challenge = seen(request, pk, "improve")
    form = ChallengeForm(request.POST or None, user=request.user, instance=challenge)
    if form.is_valid():
        actions.improve(challenge, by=request.user, words=form.words, units=form.units)
        messages.success(request, _("Saved. The earlier wording is kept in the history."))
        return redirect(challenge)
    context = {"form": form, "challenge": challenge, "similar": _like(request, form)}
    return render(request, "challenges/form.html", context)


@require_POST
@login_required
def restore(request: UserRequest, pk: int, wording: int) -> HttpResponse:
    challenge = seen(request, pk, "improve")
    get_object_or_404(challenge.history, history_id=wording)
    actions.restore(challenge, wording=wording, by=request.user)
    messages.success(request, _("The earlier wording is back."))
    return redirect(challenge)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def goal(request: UserRequest, pk: int) -> HttpResponse:
    challenge = seen(request, pk, "measure")
    present = EffectGoal.objects.filter(challenge=challenge).first()
    form = GoalForm(request.POST or None, instance=present or EffectGoal(challenge=challenge))
    if form.is_valid():
        actions.set_goal(challenge, by=request.user, **form.cleaned_data)
        messages.success(request, _("The effect goal is set."))
        return redirect(challenge)
    return render(request, "challenges/goal.html", {"form": form, "challenge": challenge})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def measure(request: UserRequest, pk: int) -> HttpResponse:
    challenge = seen(request, pk, "measure")
    present = get_object_or_404(EffectGoal, challenge=challenge)
    form = MeasurementForm(request.POST or None, instance=Measurement(goal=present))
    if form.is_valid():
        actions.measure(challenge, by=request.user, **form.cleaned_data)
        messages.success(request, _("The value is written down."))
        return redirect(challenge)
    context = {"form": form, "challenge": challenge, "goal": present}
    return render(request, "challenges/measure.html", context)


def _like(request: UserRequest, form: ChallengeForm) -> list[queries.Likeness]:
    """Return what is like the words on the form, so that it shows without scripts too."""
    text = " ".join(str(form[name].value() or "") for name in ("title", "today", "wish"))
    return queries.similar_to(
        request.user,
        text,
        themes=form["themes"].value() or [],
        barriers=form["barriers"].value() or [],
        but_not=form.instance.pk,
    )


def seen(request: UserRequest, pk: int, right: str) -> Challenge:
    """Return the challenge: 404 to who may not see it, 403 to who may only see it."""
    challenge = get_object_or_404(queries.visible_to(request.user), pk=pk)
    actions.refuse_when_closed(challenge)
    if not request.user.has_perm(f"challenges.{right}_challenge", challenge):
        raise PermissionDenied
    return challenge
