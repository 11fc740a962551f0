"""What an account has kept of the labs where somebody took part."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from hakapa.accounts.models import User
from hakapa.labs.models import Contribution, Dots, Participant, Rating, Vote


def seats_of(user: User) -> QuerySet[Participant]:
    """Return the seats that the account has claimed, the latest first, with what was written."""
    written = Contribution.objects.order_by("created", "pk")
    return (
        user.seats.select_related("lab", "room")
        .prefetch_related(Prefetch("contributions", written))
        .order_by("-created", "-pk")
    )


def kept_about(user: User) -> list[dict[str, Any]]:
    """Return everything that labs keep about the user, ready for JSON."""
    seats = seats_of(user).prefetch_related(
        "votes__statement", "ratings__statement", "dots__statement"
    )
    return [
        {
            "lab": seat.lab.title,
            "joined": seat.created.isoformat(),
            "perspective": seat.perspective,
            "room": seat.room.name if seat.room else None,
            "table": seat.table,
            "took_notes": seat.takes_notes,
            "wrote": [
                {"kind": note.kind, "text": note.text, "at": note.created.isoformat()}
                for note in seat.contributions.all()
            ],
            "answered": _answers(seat),
        }
        for seat in seats
    ]


def typed_in_by(user: User) -> list[dict[str, Any]]:
    """Return what the user typed in for the room as a lab leader, ready for JSON."""
    notes = Contribution.objects.filter(author=user).select_related("lab")
    return [
        {"lab": note.lab.title, "text": note.text, "at": note.created.isoformat()} for note in notes
    ]


def _answers(seat: Participant) -> list[dict[str, Any]]:
    """Return each answer with its statement, whatever the ballot."""
    given: list[tuple[str, Vote | Rating | Dots, int]] = [
        ("stance", vote, vote.value) for vote in seat.votes.all()
    ]
    given += [(rating.criterion, rating, rating.value) for rating in seat.ratings.all()]
    given += [("dots", dots, dots.number) for dots in seat.dots.all()]
    return [
        {"ballot": ballot, "statement": answer.statement.text, "value": value}
        for ballot, answer, value in given
    ]
