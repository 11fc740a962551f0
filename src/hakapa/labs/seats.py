"""What a participant's browser keeps: its seat in each lab, and its wrong tries at the door."""

from django.http import HttpRequest
from django.utils import timezone

from hakapa.labs import codes, queries
from hakapa.labs.models import Lab, Participant

_SEATS, _WRONG = "seats", "wrong_codes"


def sit(request: HttpRequest, participant: Participant) -> None:
    """Keep the seat in the browser's session."""
    seats = request.session.get(_SEATS, {})
    request.session[_SEATS] = {**seats, str(participant.lab_id): participant.token}


def seat_in(request: HttpRequest, lab: Lab) -> Participant | None:
    """Return the seat that this browser has in the lab."""
    token = request.session.get(_SEATS, {}).get(str(lab.pk), "")
    return queries.participant_of(lab, token)


def remember_wrong_code(request: HttpRequest) -> None:
    """Count a wrong code of this browser."""
    request.session[_WRONG] = [*_recent_wrong_codes(request), timezone.now().timestamp()]


def guesses_too_much(request: HttpRequest) -> bool:
    """Tell whether this browser has typed so many wrong codes that it must wait."""
    return len(_recent_wrong_codes(request)) >= codes.MOST_FROM_A_BROWSER


def _recent_wrong_codes(request: HttpRequest) -> list[float]:
    since = (timezone.now() - codes.COUNTED_FOR).timestamp()
    return [at for at in request.session.get(_WRONG, []) if at > since]
