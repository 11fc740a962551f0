from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from hakapa.labs.models import Choice, Contribution, Kind, Lab, Perspective, Vote

PLURALS = {
    Kind.QUESTION: _("questions"),
    Kind.INSIGHT: _("insights"),
    Kind.PROPOSAL: _("proposals"),
    Kind.OBSTACLE: _("obstacles"),
}
SMALLEST_CELL = 5  # fewer people than this are never told apart in public

# What a reader may sort the statements of a report by.
ORDERS = {
    "": (F("created").asc(), F("pk").asc()),
    "agree": ((F("agree") - F("disagree")).desc(), F("pk").asc()),
    "divided": (Least("agree", "disagree").desc(), F("pk").asc()),
    "passed": (F("passed").desc(), F("pk").asc()),
}


def open_statements(lab: Lab) -> QuerySet[Contribution]:
    """Return what may be weighed, oldest first: not hidden, not waiting, not part of another."""
    return lab.contributions.filter(
        is_statement=True, hidden_at__isnull=True, is_waiting=False, merged_into__isnull=True
    ).select_related("room")


def statements(lab: Lab, order: str = "") -> QuerySet[Any]:
    """Return what may be voted on, each with its derived counts agree, disagree and passed."""
    return (
        open_statements(lab)
        .select_related("organisation", "challenge", "phase")
        .annotate(
            agree=Count("votes", filter=Q(votes__value=Choice.AGREE)),
            disagree=Count("votes", filter=Q(votes__value=Choice.DISAGREE)),
            passed=Count("votes", filter=Q(votes__value=Choice.PASS)),
        )
        .order_by(*ORDERS.get(order, ORDERS[""]))
    )


@dataclass(frozen=True)
class Size:
    """How much a room left behind."""

    participants: int
    contributions: int
    statements: int
    votes: int

    @property
    def people(self) -> int | None:
        """How many took part; None when fewer than may be counted in public."""
        return self.participants if self.participants >= SMALLEST_CELL else None


def size(lab: Lab) -> Size:
    """Return how much the room left behind, without what is hidden."""
    shown = Q(hidden_at__isnull=True)
    written = lab.contributions.aggregate(
        all=Count("pk", filter=shown), statements=Count("pk", filter=shown & Q(is_statement=True))
    )
    return Size(
        participants=lab.participants.count(),
        contributions=written["all"],
        statements=written["statements"],
        votes=Vote.objects.filter(statement__in=open_statements(lab)).count(),
    )


@dataclass(frozen=True)
class PerspectiveCount:
    """How many took part from one perspective; None when too few to be told apart."""

    name: str
    people: int | None


def perspectives(lab: Lab) -> list[PerspectiveCount]:
    """Return who took part, by perspective, never telling apart fewer than five people.

    When what is left out, those who did not say included, could be worked out from the total,
    the next smallest is left out too.
    """
    counts = dict(
        lab.participants.order_by().values_list("perspective").annotate(people=Count("pk"))
    )
    unsaid = counts.pop("", 0)
    shown = {value for value, people in counts.items() if people >= SMALLEST_CELL}
    left_out = unsaid + sum(people for value, people in counts.items() if value not in shown)
    if shown and 0 < left_out < SMALLEST_CELL:
        shown.remove(min(shown, key=lambda value: (counts[value], value)))
    return [
        PerspectiveCount(str(name), counts[value] if value in shown else None)
        for value, name in Perspective.choices
        if value in counts
    ]


@dataclass(frozen=True)
class KindCount:
    """What was written of one kind: how much, and the beginning of it."""

    kind: Kind
    number: int
    first: list[Contribution]

    @property
    def name(self) -> str:
        return str(PLURALS[self.kind])

    @property
    def is_cut(self) -> bool:
        """Whether there is more than the beginning."""
        return self.number > len(self.first)


def by_kind(lab: Lab, most: int = 50) -> list[KindCount]:
    """Return what was written and is shown, by kind, at most so many of each, oldest first."""
    shown = lab.contributions.filter(hidden_at__isnull=True)
    numbers = dict(shown.order_by().values_list("kind").annotate(number=Count("pk")))
    return [
        KindCount(
            kind,
            numbers[kind],
            list(
                shown.filter(kind=kind)
                .select_related("phase", "organisation", "room")
                .prefetch_related("proposals")[:most]  # what later steps grew from it
            ),
        )
        for kind in Kind
        if kind in numbers
    ]
