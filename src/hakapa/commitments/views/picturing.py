from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hakapa.accounts.http import HtmxRequest, UserRequest
from hakapa.commitments import actions, queries
from hakapa.commitments.forms import PictureForm
from hakapa.commitments.models import FollowUp
from hakapa.kernel.pictures import answer_with


@require_safe
def picture(request: HtmxRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(queries.pictures_visible_to(request.user), pk=pk)
    return answer_with(bytes(shown.jpeg), shown.description)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add(request: UserRequest, pk: int) -> HttpResponse:
    report = get_object_or_404(queries.reports_visible_to(request.user), pk=pk)
    _refuse_others(request, report)
    form = PictureForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _adds(request, report, form):
        messages.success(request, _("The picture stands in the report."))
        return redirect(report)
    context = {"form": form, "report": report, "commitment": report.commitment}
    return render(request, "commitments/add_picture.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def remove(request: UserRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(
        queries.pictures_visible_to(request.user).select_related("report__commitment"), pk=pk
    )
    _refuse_others(request, shown.report)
    if request.method == "POST":
        actions.remove_picture(shown, by=request.user)
        messages.success(request, _("The picture is gone for good."))
        return redirect(shown.report)
    context = {"picture": shown, "report": shown.report, "commitment": shown.report.commitment}
    return render(request, "commitments/remove_picture.html", context)


def _refuse_others(request: UserRequest, report: FollowUp) -> None:
    if not request.user.has_perm("commitments.keep_commitment", report.commitment):
        raise PermissionDenied


def _adds(request: UserRequest, report: FollowUp, form: PictureForm) -> bool:
    """Add the picture, or say beside the field why not."""
    shown = actions.Shown(**form.cleaned_data)
    try:
        actions.add_picture(report, shown, by=request.user, language=get_language() or "")
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return not form.errors
