from dataclasses import dataclass
from datetime import date

from django.db.models import Count, DateField, Q
from django.db.models.functions import TruncQuarter
from django.utils import timezone

from hakapa.commitments.models import Commitment
from hakapa.commitments.queries.finding import Commitments
from hakapa.commitments.queries.records import DATE_MOVED, without
from hakapa.process.models import Event


@dataclass(frozen=True)
class Quarter:
    """What happened in three months: promises made, kept, not kept, and dates moved."""

    begins: date
    promised: int = 0
    kept: int = 0
    not_kept: int = 0
    changed: int = 0

    @property
    def name(self) -> str:
        return f"{self.begins.year} K{(self.begins.month + 2) // 3}"


_COUNTED = {
    "promised": ("take", "hop_on"),
    "kept": ("keep",),
    "not_kept": ("give_up",),
    "changed": DATE_MOVED,
}


def quarters(commitments: Commitments) -> list[Quarter]:
    """Count what the journal tells of the commitments, by quarter, without gaps."""
    rows = (
        Event.objects.filter(
            subject_type=Commitment._meta.label_lower,
            subject_id__in=commitments.order_by().values("pk"),
            move__in=[move for moves in _COUNTED.values() for move in moves],
        )
        .annotate(quarter=TruncQuarter("at", output_field=DateField()))
        .order_by()
        .values("quarter")
        .annotate(
            **{name: Count("pk", filter=Q(move__in=moves)) for name, moves in _COUNTED.items()}
        )
    )
    found = {row["quarter"]: without(row, "quarter") for row in rows}
    if not found:
        return []
    return [
        Quarter(day, **found.get(day, {}))
        for day in _quarters_between(min(found), max(*found, _begun(timezone.localdate())))
    ]


def _quarters_between(first: date, last: date) -> list[date]:
    days = [first]
    while days[-1] < last:
        months = days[-1].year * 12 + days[-1].month + 2
        days.append(date(months // 12, months % 12 + 1, 1))
    return days


def _begun(day: date) -> date:
    """Return the first day of the quarter that the day is in."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def of_year(commitments: Commitments, year: int) -> Commitments:
    """Return what was promised or settled in the year."""
    events = Event.objects.filter(
        subject_type=Commitment._meta.label_lower,
        at__year=year,
        move__in=[*_COUNTED["promised"], *_COUNTED["kept"], *_COUNTED["not_kept"]],
    )
    return commitments.filter(pk__in=events.order_by().values("subject_id"))
