from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from django.db.models import Count, QuerySet
from typing_extensions import override

from hakapa.accounts.models import AnyUser
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Contribution, Lab, Participant, Phase
from hakapa.labs.queries.finding import visible_to

_At: TypeAlias = tuple[str | None, int | None]  # the room's name, and the table


def current_phase(lab: Lab) -> Phase | None:
    """Return the phase that the room is in."""
    return lab.phases.filter(started_at__isnull=False, ended_at__isnull=True).first()


@dataclass(frozen=True)
class Clock:
    """How much of a phase is left; below zero when it has run over. Paused, it has no end."""

    left: timedelta
    ends: datetime | None = None

    @property
    def is_late(self) -> bool:
        return self.left < timedelta(0)

    @property
    def minutes(self) -> int:
        """Whole minutes, begun ones counted."""
        return -(-abs(int(self.left.total_seconds())) // 60)

    @property
    def ends_ms(self) -> int | None:
        """When it ends, as scripts count; None while it is paused."""
        return int(self.ends.timestamp() * 1000) if self.ends else None

    @override
    def __str__(self) -> str:
        minutes, seconds = divmod(abs(int(self.left.total_seconds())), 60)
        return f"{'−' if self.is_late else ''}{minutes:02}:{seconds:02}"


def clock(phase: Phase | None, now: datetime) -> Clock | None:
    """Return how much is left of the phase; None when the room is in none, or has days for it."""
    if phase is None or phase.started_at is None or phase.lab.open_until:
        return None
    length = timedelta(minutes=phase.minutes, seconds=phase.extra_seconds)
    ends = phase.started_at + length
    if phase.paused_at:
        return Clock(ends - phase.paused_at)
    return Clock(ends - now, ends)


def contributions_visible_to(user: AnyUser) -> QuerySet[Contribution]:
    """Return the contributions the user may see: those of visible labs, but the hidden ones."""
    return Contribution.objects.filter(
        lab__in=visible_to(user), hidden_at__isnull=True, is_waiting=False
    ).select_related("organisation", "phase", "challenge", "room")


def reported_to(user: AnyUser) -> QuerySet[Contribution]:
    """Return the contributions that stand in a report the user may see: the lab is over."""
    return contributions_visible_to(user).filter(lab__state=State.CLOSED)


def incoming(lab: Lab) -> QuerySet[Contribution]:
    """Return what has been written, newest first, the hidden too: for those who lead."""
    return lab.contributions.select_related("phase", "organisation", "room").order_by(
        "-created", "-pk"
    )


def written_by(participant: Participant) -> QuerySet[Contribution]:
    """Return what the participant has written, newest first."""
    return participant.contributions.order_by("-created", "-pk")


def participant_of(lab: Lab, token: str) -> Participant | None:
    """Return who in the lab holds the token."""
    return lab.participants.filter(token=token).first() if token else None


@dataclass(frozen=True)
class TableCount:
    """How many sit at a table and how much they have written; no table for those without.

    In a lab with several rooms the table is one of its room's, whose name is told.
    """

    table: int | None
    people: int
    notes: int
    room: str = ""


def tables(lab: Lab) -> list[TableCount]:
    """Return the tables room by room and in order, those without a table or a room last."""
    people = _per_table(lab.participants.order_by())
    notes = _per_table(lab.contributions.filter(hidden_at__isnull=True).order_by())
    order = sorted(people.keys() | notes.keys(), key=lambda at: [(n is None, n) for n in at])
    return [TableCount(at[1], people.get(at, 0), notes.get(at, 0), at[0] or "") for at in order]


def _per_table(rows: QuerySet[Participant] | QuerySet[Contribution]) -> dict[_At, int]:
    counted = rows.values_list("room__name", "table").annotate(number=Count("pk"))
    return {(room, table): number for room, table, number in counted}
