"""What dots and ratings add up to; derived from what each person answered, never kept."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from hakapa.labs.models import Contribution, Criterion, Lab, Phase, Rating
from hakapa.labs.queries.results import open_statements

SCALE = range(1, 6)  # from not at all to entirely; beside it 0, "I do not understand"


def weighed_in(lab: Lab, phase: Phase | None) -> QuerySet[Contribution]:
    """Return what the phase weighs: the kinds it names, or all when nothing of those is there."""
    everything = open_statements(lab)
    named = everything.filter(kind__in=phase.weighs) if phase and phase.weighs else everything
    return named if named.exists() else everything


@dataclass(frozen=True)
class DotCount:
    """How many dots lie on a statement, and from how many people."""

    statement: Contribution
    dots: int
    people: int


def dots_of(lab: Lab, phase: Phase) -> list[DotCount]:
    """Return the dots of the phase on each statement that it weighs, the most first."""
    placed = Q(dots__phase=phase, dots__number__gt=0)
    counted = (
        weighed_in(lab, phase)
        .annotate(
            number=Coalesce(Sum("dots__number", filter=placed), 0),
            people=Count("dots", filter=placed),
        )
        .order_by("-number", "-people", "pk")
    )
    return [DotCount(statement, statement.number, statement.people) for statement in counted]


@dataclass(frozen=True)
class Rated:
    """How many gave each grade of the scale by a criterion, and how many did not understand."""

    by_value: dict[int, int] = field(default_factory=dict)

    @property
    def confused(self) -> int:
        return self.by_value.get(0, 0)

    @property
    def people(self) -> int:
        """How many answered, those included who did not understand."""
        return sum(self.by_value.values())

    @property
    def share_confused(self) -> float:
        return self.confused / self.people if self.people else 0.0

    @property
    def mean(self) -> float | None:
        """The mean grade of those who understood; None when nobody did."""
        graded = sum(self.by_value.get(value, 0) for value in SCALE)
        total = sum(value * self.by_value.get(value, 0) for value in SCALE)
        return total / graded if graded else None


@dataclass(frozen=True)
class RatingCount:
    """How a statement is rated, by each criterion that somebody used."""

    statement: Contribution
    by: dict[Criterion, Rated]


def ratings_of(lab: Lab) -> list[RatingCount]:
    """Return how each rated statement is rated, oldest statement first."""
    counted = (
        Rating.objects.filter(statement__in=open_statements(lab))
        .values("statement", "criterion", "value")
        .annotate(people=Count("pk"))
        .order_by(F("statement"), F("criterion"), F("value"))
    )
    by: dict[int, dict[Criterion, Rated]] = defaultdict(dict)
    for row in counted:
        rated = by[row["statement"]].setdefault(Criterion(row["criterion"]), Rated())
        rated.by_value[row["value"]] = row["people"]
    return [RatingCount(s, by[s.pk]) for s in open_statements(lab).filter(pk__in=by)]
