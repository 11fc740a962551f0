from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hakapa.accounts.http import UserRequest
from hakapa.accounts.models import Organisation
from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import actions, formats, queries
from hakapa.labs.actions.holding import BEFORE_IT_BEGINS
from hakapa.labs.forms import CancelForm, InviteForm, LabForm
from hakapa.labs.models import Lab


@require_safe
@login_required
def new(request: UserRequest) -> HttpResponse:
    if not request.user.has_perm("labs.add_lab"):
        return render(request, "labs/needs_organisation.html", status=403)
    return render(request, "labs/new.html", {"templates": formats.all_templates()})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def plan(request: UserRequest, template: str) -> HttpResponse:
    if not request.user.has_perm("labs.add_lab"):
        raise PermissionDenied
    chosen = _template(template)
    first = {"challenges": request.GET.getlist("utmaning")}
    form = LabForm(request.POST or None, user=request.user, initial=first)
    if form.is_valid():
        language = get_language() or "sv"
        written = actions.Plan(template=chosen.key, language=language, **form.cleaned_data)
        lab = actions.plan(written, by=request.user)
        messages.success(request, _("The lab is planned. Now invite who will answer."))
        return redirect(lab)
    return render(request, "labs/form.html", {"form": form, "template": chosen})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: UserRequest, pk: int) -> HttpResponse:
    lab = led(request, pk)
    if lab.state not in BEFORE_IT_BEGINS:
        raise TooLateError("the lab has begun")
    key = request.POST.get("template") or lab.template
    form = LabForm(request.POST or None, user=request.user, instance=lab)
    if form.is_valid():
        changed = actions.Plan(
            template=_template(key).key,
            host=lab.host,
            language=lab.language,
            **form.cleaned_data,
        )
        actions.change(lab, by=request.user, plan=changed)
        messages.success(request, _("The plan is changed."))
        return redirect(lab)
    context = {"form": form, "lab": lab, "template": lab.format, "key": key}
    return render(request, "labs/form.html", {**context, "templates": formats.all_templates()})


@require_POST
@login_required
def invite(request: UserRequest, pk: int) -> HttpResponse:
    lab = led(request, pk)
    form = InviteForm(request.POST, lab=lab)
    if form.is_valid():
        receiver = actions.invite(lab, by=request.user, **form.cleaned_data)
        if not request.htmx:
            messages.success(request, _("%(who)s is invited.") % {"who": receiver.organisation})
            return redirect(lab)
        form = InviteForm(lab=lab)
    lab = get_object_or_404(queries.with_run_sheet(queries.visible_to(request.user)), pk=pk)
    name = "labs/receivers.html#receivers" if request.htmx else "labs/receivers.html"
    return render(request, name, {"lab": lab, "invite_form": form})


@require_POST
@login_required
def uninvite(request: UserRequest, pk: int, organisation: int) -> HttpResponse:
    lab = led(request, pk)
    leaving = get_object_or_404(Organisation, pk=organisation)
    try:
        actions.uninvite(lab, by=request.user, organisation=leaving)
        messages.success(request, _("%(who)s is no longer invited.") % {"who": leaving})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(lab)


@require_POST
@login_required
def publish(request: UserRequest, pk: int) -> HttpResponse:
    lab = led(request, pk)
    try:
        lab = actions.publish(lab, by=request.user)
        messages.success(request, _("The lab is open. Share the code and the link."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(lab)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cancel(request: UserRequest, pk: int) -> HttpResponse:
    lab = led(request, pk)
    if "cancel" not in lab.open_moves:
        raise TooLateError("the lab has begun")
    form = CancelForm(request.POST or None)
    if form.is_valid():
        actions.cancel(lab, by=request.user, why=form.cleaned_data["why"])
        messages.success(request, _("The lab is cancelled."))
        return redirect(lab)
    return render(request, "labs/cancel.html", {"form": form, "lab": lab})


def led(request: UserRequest, pk: int) -> Lab:
    """Return the lab: 404 to who may not see it, 403 to who does not lead it."""
    lab = get_object_or_404(queries.visible_to(request.user), pk=pk)
    if not request.user.has_perm("labs.lead_lab", lab):
        raise PermissionDenied
    return lab


def _template(key: str) -> formats.LabTemplate:
    try:
        return formats.template(key)
    except KeyError:
        raise Http404 from None
