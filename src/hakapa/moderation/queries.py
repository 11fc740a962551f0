from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet

from hakapa.accounts.models import AnyUser
from hakapa.moderation.lifecycle import State
from hakapa.moderation.models import Case
from hakapa.moderation.subjects import Subject, of_kind


def visible_to(user: AnyUser) -> QuerySet[Case]:
    """Return the cases: for those who run the site, and nobody else."""
    if not (user.is_authenticated and user.is_staff):
        return Case.objects.none()
    return Case.objects.annotate(reports=Count("flags")).order_by("opened_at", "pk")


@dataclass(frozen=True)
class Waiting:
    """How many cases wait for a decision, and since when the first one does."""

    number: int
    since: datetime | None


def waiting(user: AnyUser) -> Waiting:
    """Return how much waits for the user's decision."""
    open_cases = Case.objects.filter(pk__in=visible_to(user).values("pk"), state=State.OPEN)
    return Waiting(**open_cases.aggregate(number=Count("pk"), since=Min("opened_at")))


@dataclass(frozen=True)
class Told:
    """A case together with the text that it is about."""

    case: Case
    subject: Subject
    thing: Any

    @property
    def words(self) -> str:
        return self.subject.words_of(self.thing)


def with_texts(cases: Iterable[Case], user: AnyUser) -> list[Told]:
    """Return the cases with their texts, without those whose text the user may not see."""
    by_kind: dict[str, list[Case]] = {}
    for case in cases:
        by_kind.setdefault(case.subject_type, []).append(case)
    told = []
    for kind, of_this_kind in by_kind.items():
        if subject := of_kind(kind):
            things = subject.visible_to(user).in_bulk([case.subject_id for case in of_this_kind])
            told += [
                Told(case, subject, things[case.subject_id])
                for case in of_this_kind
                if case.subject_id in things
            ]
    return sorted(told, key=lambda one: (one.case.opened_at, one.case.pk))
