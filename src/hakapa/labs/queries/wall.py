"""How the room answered, as it is shown on the wall."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from hakapa.labs.formats import Ballot, Capture
from hakapa.labs.models import Contribution, Criterion, Dots, Lab, Phase, Rating, Vote
from hakapa.labs.queries.ballots import SCALE, Rated, dots_of, ratings_of
from hakapa.labs.queries.results import statements

READ_FROM_AFAR = 4  # more statements than this nobody reads on a wall


@dataclass(frozen=True)
class Graded:
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
    ratings: tuple[Graded, ...] = ()


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
    ballot = Ballot(phase.ballot) if phase else Ballot.STANCE
    if phase and ballot == Ballot.DOTS:
        foremost = _by_dots(lab, phase)
    elif ballot != Ballot.STANCE:
        foremost = _by_grades(lab)
    else:
        foremost = []
    return Outcome(ballot, foremost) if foremost else Outcome(Ballot.STANCE, _by_stance(lab))


def people_heard(lab: Lab) -> int:
    """Count the people who have answered something, by whichever ballot."""
    own = {"participant": OuterRef("pk")}
    votes, grades = Vote.objects.filter(**own), Rating.objects.filter(**own)
    dots = Dots.objects.filter(number__gt=0, **own)
    return lab.participants.filter(Exists(votes) | Exists(dots) | Exists(grades)).count()


def _by_stance(lab: Lab) -> list[Weighed]:
    weighed = statements(lab, "agree").exclude(agree=0, disagree=0, passed=0)
    return [Weighed(statement) for statement in weighed[:READ_FROM_AFAR]]


def _by_dots(lab: Lab, phase: Phase) -> list[Weighed]:
    placed = [count for count in dots_of(lab, phase) if count.dots][:READ_FROM_AFAR]
    return [Weighed(count.statement, dots=count.dots, people=count.people) for count in placed]


def _by_grades(lab: Lab) -> list[Weighed]:
    """Return the statements with the highest grades, each with its ratings."""
    rated = sorted(ratings_of(lab), key=lambda count: (-_total(count.by), count.statement.pk))
    return [
        Weighed(count.statement, ratings=tuple(_told(count.by))) for count in rated[:READ_FROM_AFAR]
    ]


def _told(by: dict[Criterion, Rated]) -> Iterator[Graded]:
    for criterion, grades in sorted(by.items()):
        yield Graded(str(criterion.label), grades.mean or 0, grades.people, grades.confused)


def _total(by: dict[Criterion, Rated]) -> float:
    return sum(grades.mean or 0 for grades in by.values())
