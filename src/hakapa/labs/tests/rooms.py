"""A room that has answered, written down at once."""

import random

from hakapa.labs import actions, tasks
from hakapa.labs.models import Participant, Perspective, Vote
from hakapa.labs.tests.factories import ContributionFactory, ParticipantFactory

TEXTS = (
    "Dela först, be om ursäkt sen", "Mät fallen på isen", "Sanda där de äldre går",
    "Byt avtal", "Öppna data för alla", "Fråga de boende", "Pröva i en stadsdel", "Börja i höst",
)  # fmt: skip


def answer(lab, seats, statements, value_of):
    """Let each seat answer each statement; None is no answer."""
    Vote.objects.bulk_create(
        Vote(participant=seat, statement=statement, value=value)
        for number, seat in enumerate(seats)
        for place, statement in enumerate(statements)
        if (value := value_of(number, place)) is not None
    )


def fill(lab, people=24, **changes):
    """Seat people from all perspectives who form two camps about the first statements."""
    cycle = list(Perspective.values)
    seats = Participant.objects.bulk_create(
        ParticipantFactory.build(lab=lab, perspective=cycle[at % 4]) for at in range(people)
    )
    statements = [ContributionFactory.create(lab=lab, text=text, **changes) for text in TEXTS]
    draw = random.Random(3)  # noqa: S311  (the same room every time)

    def value_of(number, place):
        camp = 1 if number % 3 else -1
        sure = camp if place < len(TEXTS) // 2 else 1
        return sure if draw.random() < 0.9 else 0

    answer(lab, seats, statements, value_of)
    return statements


def over(lab, leader):
    """Close the lab and let the work that follows be done."""
    closed = actions.close(lab, by=leader, why="Tiden är slut")
    tasks.draw_map.call(closed.pk)
    return closed
