"""How the room answered, as it is shown on the wall."""

from collections.abc import Iterator
from dataclasses import dataclass

from hakapa.labs.formats import Ballot, Capture
from hakapa.labs.models import Contribution, Criterion, Lab
from hakapa.labs.queries.ballots import SCALE, Rated, dots_of, ratings_of
from hakapa.labs.queries.results import statements

READ_FROM_AFAR = 4  # more statements than this nobody reads on a wall


@dataclass(frozen=True)
class Rating:
    """How a statement is rated by one criterion."""

    name: str
    mean: float
    people: int
    confused: int

    @property
    def of(self) -> int:
        """The highest grade."""
        return SCALE[-1]

    @property
    def percent_confused(self) -> int:
        return round(100 * self.confused / self.people)


@dataclass(frozen=True)
class Weighed:
    """A statement with what the room's answers add up to, by whichever ballot it was."""

    statement: Contribution
    dots: int = 0
    people: int = 0
    ratings: tuple[Rating, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """How the room weighed its statements: by which ballot, and the foremost of them."""

    ballot: Ballot
    foremost: list[Weighed]


def outcome(lab: Lab) -> Outcome:
    """Return what came of the phase of votes that the room was in last."""
    phase = (
        lab.phases.filter(captures__contains=[Capture.VOTE], started_at__isnull=False)
        .order_by("-position")
        .first()
    )
    if phase and phase.ballot == Ballot.DOTS:
        counts = dots_of(lab, phase)[:READ_FROM_AFAR]
        foremost = [Weighed(c.statement, dots=c.dots, people=c.people) for c in counts]
        return Outcome(Ballot.DOTS, foremost)
    if phase and phase.ballot != Ballot.STANCE:
        return Outcome(Ballot(phase.ballot), _by_grades(lab))
    agreed = statements(lab, "agree")[:READ_FROM_AFAR]
    return Outcome(Ballot.STANCE, [Weighed(statement) for statement in agreed])


def _by_grades(lab: Lab) -> list[Weighed]:
    """Return the statements with the highest grades, each with its ratings."""
    rated = sorted(ratings_of(lab), key=lambda count: (-_total(count.by), count.statement.pk))
    return [
        Weighed(count.statement, ratings=tuple(_told(count.by))) for count in rated[:READ_FROM_AFAR]
    ]


def _told(by: dict[Criterion, Rated]) -> Iterator[Rating]:
    for criterion, grades in sorted(by.items()):
        yield Rating(str(criterion.label), grades.mean or 0, grades.people, grades.confused)


def _total(by: dict[Criterion, Rated]) -> float:
    return sum(grades.mean or 0 for grades in by.values())
