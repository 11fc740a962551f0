"""What one participant has left to weigh, and what they have answered so far."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet, Sum

from hakapa.labs.formats import Ballot
from hakapa.labs.models import Contribution, Criterion, Participant, Phase
from hakapa.labs.queries.ballots import weighed_in

CRITERIA = {
    Ballot.AGREEMENT: (Criterion.AGREEMENT,),
    Ballot.BENEFIT_EASE: (Criterion.BENEFIT, Criterion.EASE),
}


def ballot_of(phase: Phase | None) -> Ballot:
    """Return how the room weighs now; between phases of votes one agrees or disagrees."""
    return Ballot(phase.ballot) if phase else Ballot.STANCE


def left_to_weigh(participant: Participant, phase: Phase | None) -> QuerySet[Contribution]:
    """Return what the participant has not answered: the promoted first, then the least answered."""
    ballot = ballot_of(phase)
    answers = "ratings" if ballot in CRITERIA else "votes"
    return (
        weighed_in(participant.lab, phase)
        .exclude(pk__in=_answers(participant, ballot).values("statement"))
        .annotate(answers=Count(answers))
        .order_by(F("promoted_at").asc(nulls_last=True), "answers", "pk")
    )


def previous_answer(
    participant: Participant, phase: Phase | None, before: Contribution | None
) -> int | None:
    """Return which statement was answered before that one, or else last; None when none was."""
    answers = _answers(participant, ballot_of(phase)).filter(
        statement__in=weighed_in(participant.lab, phase)
    )
    order = [statement for _at, statement in sorted(answers.values_list("at", "statement"))]
    if before and before.pk in order:
        order = order[: order.index(before.pk)]
    return order[-1] if order else None


@dataclass(frozen=True)
class Progress:
    """How many of the statements somebody has answered."""

    answered: int
    of: int


def progress(participant: Participant, phase: Phase | None = None) -> Progress:
    """Return how much of what the phase weighs the participant has answered."""
    of = weighed_in(participant.lab, phase).count()
    return Progress(of - left_to_weigh(participant, phase).count(), of)


def given_by(participant: Participant) -> dict[str, int]:
    """Return the participant's answers, each under its ballot and statement: "benefit:17" is 4.

    Dots are of a phase, which stands last: "dots:17:3".
    """
    given = {f"stance:{v.statement_id}": v.value for v in participant.votes.all()}
    given |= {f"{r.criterion}:{r.statement_id}": r.value for r in participant.ratings.all()}
    return given | {f"dots:{d.statement_id}:{d.phase_id}": d.number for d in participant.dots.all()}


def dots_left(participant: Participant, phase: Phase) -> int:
    """Return how many of their dots the participant has not placed."""
    placed = participant.dots.filter(phase=phase).aggregate(placed=Sum("number"))["placed"]
    return phase.dots - (placed or 0)


def is_answered_by_others(contribution: Contribution, participant: Participant) -> bool:
    """Tell whether anybody but the participant has weighed the contribution."""
    answers: list[QuerySet[Any]] = [
        contribution.votes.all(),
        contribution.ratings.all(),
        contribution.dots.filter(number__gt=0),
    ]
    return any(rows.exclude(participant=participant).exists() for rows in answers)


def _answers(participant: Participant, ballot: Ballot) -> QuerySet[Any]:
    """Return the answers that settle a statement; of two criteria the last asked settles."""
    if ballot in CRITERIA:
        return participant.ratings.filter(criterion=CRITERIA[ballot][-1])
    return participant.votes.all()
