"""A seated phone: what the room does now, and what one writes."""

from http import HTTPStatus

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hakapa.accounts.http import HtmxRequest
from hakapa.kernel.text import as_id
from hakapa.labs import actions, queries
from hakapa.labs.forms import WriteForm
from hakapa.labs.models import Contribution, Kind
from hakapa.labs.screens import stream
from hakapa.labs.views.door import onward
from hakapa.labs.views.seated import Here, blank, desk, seated, wants_json


@require_safe
@seated
def now(request: HtmxRequest, here: Here) -> HttpResponse:
    place = onward(here.lab)
    if place != "labs:now":
        return redirect(place, here.lab.join_code)
    return desk(request, here, "listening", here.phase)


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def write(request: HtmxRequest, here: Here) -> HttpResponse:
    if here.doing == queries.Doing.WAIT:
        return redirect("labs:now", here.lab.join_code)
    form = WriteForm(request.POST, participant=here.participant) if request.POST else None
    if form and form.is_valid():
        return _saved(request, here, _contribute(here, form))
    if form and wants_json(request):
        return JsonResponse({"errors": form.errors}, status=HTTPStatus.BAD_REQUEST)
    begun = as_id(request.POST.get("phase"))
    phase = here.lab.phases.filter(pk=begun or 0).first() or here.phase
    return desk(request, here, "writing", phase, form=form or blank(here, phase))


@require_POST
@seated
def take_back(request: HtmxRequest, here: Here, contribution: int) -> HttpResponse:  # noqa: ARG001
    mine = get_object_or_404(queries.written_by(here.participant), pk=contribution)
    actions.take_back(mine, participant=here.participant)
    return redirect("labs:write", here.lab.join_code)


@require_safe
@seated
def questions(request: HtmxRequest, here: Here) -> HttpResponse:
    if here.doing != queries.Doing.ANSWER:
        return redirect("labs:now", here.lab.join_code)
    phases = list(here.lab.phases.all())
    context = {
        "here": here,
        "stream": stream(here.lab, "phone"),
        "writing": [
            (phase, blank(here, phase, f"id_{phase.pk}_%s"), queries.asked(phase))
            for phase in phases
            if queries.asked(phase)
        ],
        "weighing": [p for p in phases if "vote" in p.captures],
        "notes": queries.notes_of(here.participant),
    }
    return render(request, "labs/phone/questions.html", context)


def _contribute(here: Here, form: WriteForm) -> Contribution:
    words = actions.Words(
        text=form.cleaned_data["text"],
        kind=Kind(form.cleaned_data["kind"]),
        challenge=form.about,
        language=get_language() or "sv",
        phase=form.cleaned_data["phase"],
    )
    key = form.cleaned_data["key"]
    return actions.contribute(here.lab, words, participant=here.participant, key=key)


def _saved(request: HtmxRequest, here: Here, note: Contribution) -> HttpResponse:
    if wants_json(request):
        context = {"here": here, "notes": queries.notes_of(here.participant)}
        notes = render_to_string("labs/phone/notes.html", context, request)
        saved = {"id": note.pk, "text": note.text, "kind": note.kind}
        return JsonResponse({"saved": saved, "notes": notes})
    page = "labs:questions" if here.lab.open_until else "labs:write"
    return redirect(page, here.lab.join_code)
