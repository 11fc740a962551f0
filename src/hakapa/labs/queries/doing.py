"""What the room does now, as somebody with a phone in their hand needs to know it."""

from django.db.models import Q, QuerySet, TextChoices
from django.utils import timezone

from hakapa.labs.formats import Capture
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Contribution, Kind, Lab, Participant, Phase


class Doing(TextChoices):
    """What a phone shows."""

    WAIT = "wait"  # the lab has not begun
    WRITE = "write"
    WEIGH = "weigh"
    LISTEN = "listen"  # something happens in the room, and nothing on the phone
    ANSWER = "answer"  # every question at once, when it suits
    OVER = "over"


def channel(lab_id: int) -> str:
    """Return the name under which the lab's changes are announced."""
    return f"lab:{lab_id}"


def is_past(lab: Lab) -> bool:
    """Tell whether the day has passed until which the lab was open."""
    return lab.open_until is not None and timezone.now() >= lab.open_until


def doing(lab: Lab, phase: Phase | None) -> Doing:
    """Return what the room does now."""
    if lab.state == State.PUBLISHED:
        return Doing.WAIT
    if lab.state != State.RUNNING or is_past(lab):
        return Doing.OVER
    if lab.open_until:
        return Doing.ANSWER
    return asks(phase, voting=lab.is_voting_open)


def asked(phase: Phase | None) -> list[str]:
    """Return the kinds that a phase asks people to write."""
    return [word for word in (phase.captures if phase else []) if word in Kind.values]


def kinds_for(phase: Phase | None) -> list[str]:
    """Return the kinds to choose among: those that are asked for, or all when none is."""
    return asked(phase) or list(Kind.values)


def asks(phase: Phase | None, *, voting: bool) -> Doing:
    """Return what a phase asks of a phone: to write, else to weigh, else nothing."""
    if asked(phase):
        return Doing.WRITE
    if phase and Capture.VOTE in phase.captures and voting:
        return Doing.WEIGH
    return Doing.LISTEN


def is_going_on(phase: Phase) -> bool:
    """Tell whether the room is in the phase; in a lab without meetings it is in all of them."""
    return bool(phase.lab.open_until) or bool(phase.started_at and not phase.ended_at)


def notes_of(participant: Participant) -> QuerySet[Contribution]:
    """Return what the participant wrote, newest first; for a note-taker all of the table's."""
    mine = Q(participant=participant)
    if participant.takes_notes and participant.table:
        mine |= Q(table=participant.table, room=participant.room, hidden_at=None)
    return participant.lab.contributions.filter(mine).order_by("-created", "-pk")
