from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    DateField,
    F,
    FloatField,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast, TruncDate

from hakapa.accounts.models import Organisation
from hakapa.commitments.lifecycle import PROMISED, State
from hakapa.commitments.models import Commitment, Mandate
from hakapa.commitments.queries.finding import Commitments, standing_is
from hakapa.commitments.standing import Standing
from hakapa.process.models import Event

_MADE = [*PROMISED, State.KEPT, State.NOT_KEPT]
_ANSWERING = ("take", "hop_on", "park", "decline")
DATE_MOVED = ("change_date", "postpone")


class Median(Aggregate):
    """PostgreSQL's continuous percentile at one half."""

    function = "PERCENTILE_CONT"
    name = "median"
    output_field = FloatField()
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


class DaysBetween(Func):
    """PostgreSQL's difference between a later and an earlier date, in days."""

    arg_joiner = " - "
    template = "(%(expressions)s)"
    output_field = IntegerField()


@dataclass(frozen=True)
class Record:
    """What was promised and what became of it, counted."""

    asked: int
    promised: int
    kept: int
    on_its_way: int
    late: int
    parked: int
    declined: int
    not_kept: int
    unanswered: int
    unclear: int

    @property
    def answered(self) -> int:
        """How many of those asked have answered, whatever they said."""
        return self.asked - self.unanswered


@dataclass(frozen=True)
class FullRecord(Record):
    """The same with what is read from the journal: dates moved, and medians of days."""

    changed: int
    days_to_answer: float | None
    days_to_keep: float | None


def record(commitments: Commitments, today: date | None = None) -> Record:
    """Count how the commitments stand on the day."""
    return Record(**_plain(commitments).aggregate(**_counts(today)))


@dataclass(frozen=True)
class Tally:
    """How many were asked, have answered, and promised; what was not kept promises no more."""

    asked: int
    answered: int
    promised: int


def tally(commitments: Commitments) -> Tally:
    """Count the three, where the whole record is not read."""
    return Tally(
        **_plain(commitments).aggregate(
            asked=Count("pk"),
            answered=Count("pk", filter=~Q(state=State.ASKED)),
            promised=Count("pk", filter=Q(state__in=[*PROMISED, State.KEPT])),
        )
    )


def full_record(commitments: Commitments, today: date | None = None) -> FullRecord:
    """Count the same, and what the journal tells."""
    figures = {**_counts(today), **_journal_figures()}
    return FullRecord(**_measured(commitments).aggregate(**figures))


@dataclass(frozen=True)
class OrganisationRecord:
    """The record of one receiver."""

    organisation: Organisation
    record: FullRecord


def records(commitments: Commitments, today: date | None = None) -> list[OrganisationRecord]:
    """Count for each receiver, in the order of their names: this is no ranking."""
    figures = {**_counts(today), **_journal_figures()}
    rows = _measured(commitments).order_by().values("receiver").annotate(**figures)
    by_receiver = {row["receiver"]: without(row, "receiver") for row in rows}
    organisations = Organisation.objects.filter(pk__in=by_receiver)
    return [OrganisationRecord(one, FullRecord(**by_receiver[one.pk])) for one in organisations]


def counties() -> list[str]:
    """Return the counties in which somebody has been asked."""
    asked = Organisation.objects.filter(commitments__isnull=False).exclude(county="")
    return list(asked.order_by("county").values_list("county", flat=True).distinct())


def _plain(commitments: Commitments) -> QuerySet[Commitment]:
    """Return the same commitments without what pages want to know about each."""
    return Commitment.objects.filter(pk__in=commitments.order_by().values("pk"))


def _measured(commitments: Commitments) -> QuerySet[Commitment]:
    """Return the same commitments with the days that their record is counted from."""
    theirs = Event.objects.filter(
        subject_type=Commitment._meta.label_lower, subject_id=OuterRef("pk")
    ).order_by()

    def first(*moves: str) -> Subquery:
        days = theirs.filter(move__in=moves).values("subject_id")
        return Subquery(days.annotate(day=TruncDate(Min("at"))).values("day"), DateField())

    return _plain(commitments).annotate(
        answered_first=first(*_ANSWERING),
        kept_on=first("keep"),
        moved_first=first(*DATE_MOVED),
        asked_on=Cast(TruncDate("created"), DateField()),
    )


def _counts(today: date | None) -> dict[str, Any]:
    def counted(standing: Standing) -> Count:
        return Count("pk", filter=standing_is(standing, today))

    return {
        "asked": Count("pk"),
        "promised": Count("pk", filter=Q(state__in=_MADE)),
        "kept": counted(Standing.KEPT),
        "on_its_way": counted(Standing.ON_ITS_WAY),
        "late": counted(Standing.LATE),
        "parked": counted(Standing.PARKED),
        "declined": counted(Standing.DECLINED),
        "not_kept": counted(Standing.NOT_KEPT),
        "unanswered": counted(Standing.UNANSWERED),
        "unclear": Count("pk", filter=Q(state__in=PROMISED, mandate=Mandate.UNCLEAR)),
    }


def _journal_figures() -> dict[str, Any]:
    return {
        "changed": Count("pk", filter=Q(state__in=_MADE, moved_first__isnull=False)),
        "days_to_answer": _median("answered_first", "asked_on"),
        "days_to_keep": _median("kept_on", "answered_on", Q(state=State.KEPT)),
    }


def _median(later: str, earlier: str, which: Q | None = None) -> Median:
    """Return the median number of days between two dates, over those that have both."""
    return Median(DaysBetween(F(later), F(earlier)), filter=which)


def without(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the row without what it was grouped by."""
    return {key: value for key, value in row.items() if key != name}
