"""What a report, a file or the API tells in numbers: never of fewer than five people.

A statement that fewer answered keeps its words and loses its counts, and totals are those of what
is told, so that nothing can be found by subtraction.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Sum, When
from django.db.models.functions import Least

from hakapa.labs.formats import Ballot
from hakapa.labs.models import Choice, Contribution, Criterion, Lab
from hakapa.labs.queries.ballots import Rated, dots_of, ratings_of
from hakapa.labs.queries.leading import typed_in_late
from hakapa.labs.queries.results import SMALLEST_CELL, open_statements, size

# What a reader may sort the statements of a report by; those too few answered come last.
_ORDERS = {
    "agree": ((F("agree") - F("disagree")).desc(nulls_last=True), F("pk").asc()),
    "divided": (Least("agree", "disagree").desc(nulls_last=True), F("pk").asc()),
    "passed": (F("passed").desc(nulls_last=True), F("pk").asc()),
}
_AS_THEY_CAME = (F("created").asc(), F("pk").asc())


def published_statements(lab: Lab, order: str = "") -> QuerySet[Any]:
    """Return the lab's statements with agree, disagree and passed; None where too few answered.

    Those come last that are late: typed in when nobody could answer any more.
    """
    return (
        open_statements(lab)
        .select_related("organisation", "challenge", "phase")
        .annotate(
            answers=Count("votes"),
            is_late=Exists(typed_in_late(lab).filter(pk=OuterRef("pk"))),
            agree=_told(Choice.AGREE),
            disagree=_told(Choice.DISAGREE),
            passed=_told(Choice.PASS),
        )
        .order_by("is_late", *_ORDERS.get(order, _AS_THEY_CAME))
    )


def _told(choice: Choice) -> Case:
    counted = Count("votes", filter=Q(votes__value=choice))
    few = Q(answers__gt=0, answers__lt=SMALLEST_CELL)
    return Case(When(few, then=None), default=counted, output_field=IntegerField())


def published_contributions(lab: Lab) -> QuerySet[Contribution]:
    """Return what was written and everybody may read, oldest first."""
    shown = lab.contributions.filter(hidden_at__isnull=True, is_waiting=False)
    return shown.select_related("phase", "room")


@dataclass(frozen=True)
class PublishedSize:
    """How much a room left behind; None where too few people would be counted."""

    people: int | None
    contributions: int
    statements: int
    votes: int | None


def published_size(lab: Lab) -> PublishedSize:
    """Return how much the room left behind, the answers being those that the statements tell."""
    whole = size(lab)
    told = published_statements(lab).filter(agree__isnull=False)
    votes = told.aggregate(votes=Sum("answers"))["votes"] or 0
    return PublishedSize(
        people=whole.people,
        contributions=whole.contributions,
        statements=whole.statements,
        votes=votes if votes or not whole.votes else None,
    )


@dataclass(frozen=True)
class PublishedDots:
    """How many dots lie on a statement, and from how many; None where from too few."""

    statement: Contribution
    dots: int | None
    people: int | None


def published_dots(lab: Lab) -> list[tuple[Any, list[PublishedDots]]]:
    """Return each phase in which dots were placed with its statements, the most dots first."""
    found = []
    for phase in lab.phases.filter(ballot=Ballot.DOTS):
        counted = dots_of(lab, phase)
        told = [
            PublishedDots(one.statement, one.dots, one.people)
            for one in counted
            if not 0 < one.people < SMALLEST_CELL
        ]
        kept_back = [
            PublishedDots(one.statement, None, None)
            for one in sorted(counted, key=lambda one: one.statement.pk)
            if 0 < one.people < SMALLEST_CELL
        ]
        if any(one.people for one in counted):
            found.append((phase, told + kept_back))
    return found


@dataclass(frozen=True)
class PublishedRating:
    """How a statement is rated by a criterion; None where too few rated it."""

    statement: Contribution
    criterion: Criterion
    rated: Rated | None


def published_ratings(lab: Lab) -> list[PublishedRating]:
    """Return how each rated statement is rated by each criterion used, oldest statement first."""
    return [
        PublishedRating(one.statement, criterion, rated if rated.people >= SMALLEST_CELL else None)
        for one in ratings_of(lab)
        for criterion, rated in one.by.items()
    ]
