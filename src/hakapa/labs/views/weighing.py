"""A seated phone: what one thinks of what the room wrote."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hakapa.accounts.http import HtmxRequest
from hakapa.kernel.lifecycle import TooLateError
from hakapa.kernel.text import as_id
from hakapa.labs import actions, queries
from hakapa.labs.formats import Ballot
from hakapa.labs.forms import WeighForm
from hakapa.labs.models import Contribution, Phase
from hakapa.labs.views.seated import Here, desk, seated


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def vote(request: HtmxRequest, here: Here) -> HttpResponse:
    if here.doing == queries.Doing.WAIT:
        return redirect("labs:now", here.lab.join_code)
    phase = _phase(request, here)
    form = WeighForm(request.POST or None)
    errors: list[str] = []
    if form.is_valid():
        try:
            _answer(here, phase, form)
        except ValidationError as error:
            errors = error.messages
        else:
            chosen = f"?fas={phase.pk}" if phase and phase != here.phase else ""
            return redirect(reverse("labs:vote", args=[here.lab.join_code]) + chosen)
    paper = _paper(request, here, phase)
    return desk(request, here, "weighing", phase, errors=errors, **paper)


def _phase(request: HtmxRequest, here: Here) -> Phase | None:
    """Return the phase whose ballot is used: the room's, or the chosen one when it suits."""
    chosen = as_id(request.GET.get("fas"))
    if chosen and here.lab.open_until:
        return get_object_or_404(here.lab.phases, pk=chosen)
    return here.phase


def _answer(here: Here, phase: Phase | None, form: WeighForm) -> None:
    given = form.cleaned_data
    statement = get_object_or_404(
        here.lab.contributions.filter(is_statement=True), pk=given["statement"]
    )
    me = here.participant
    if given["value"] is not None:
        actions.vote(statement, participant=me, value=given["value"])
    if given["number"] is not None:
        if phase is None:
            raise TooLateError("no dots are placed between phases")
        actions.place_dots(statement, participant=me, phase=phase, number=given["number"])
    grades = form.grades
    if given["confused"]:
        asked = queries.CRITERIA.get(queries.ballot_of(phase), ())
        grades = dict.fromkeys(asked, actions.CONFUSING)
    for criterion, grade in grades.items():
        actions.rate(statement, participant=me, criterion=criterion, value=grade)


def _paper(request: HtmxRequest, here: Here, phase: Phase | None) -> dict[str, object]:
    """Return what the ballot is about: one statement, or all of them to place dots on."""
    me = here.participant
    given = queries.given_by(me)
    if phase and queries.ballot_of(phase) == Ballot.DOTS:
        first = sorted(queries.weighed_in(here.lab, phase), key=lambda s: s.promoted_at is None)
        rows = [(s, given.get(f"dots:{s.pk}:{phase.pk}", 0)) for s in first]
        return {"rows": rows, "left": queries.dots_left(me, phase)}
    again = as_id(request.GET.get("om"))
    shown = get_object_or_404(queries.open_statements(here.lab), pk=again) if again else None
    statement: Contribution | None = shown or queries.left_to_weigh(me, phase).first()
    return {
        "ballot": queries.ballot_of(phase),
        "statement": statement,
        "answer": _on(statement, given),
        "is_again": shown is not None,
        "previous": queries.previous_answer(me, phase, shown),
        "progress": queries.progress(me, phase),
    }


def _on(statement: Contribution | None, given: dict[str, int]) -> dict[str, int]:
    """Return what was answered on the statement, by ballot."""
    answers = {}
    for key, value in given.items():
        ballot, number, *_phase = key.split(":")
        if statement and number == str(statement.pk):
            answers[ballot] = value
    return answers
