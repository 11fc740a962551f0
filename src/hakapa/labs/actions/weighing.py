"""What somebody thinks of what the room wrote: agreement, dots and grades.

Each answer carries a sequence that the phone counts, so that a replay or an older answer, late
on a bad network, changes nothing. The plain pages send none: theirs is the newest when it comes.
"""

import time
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import ngettext

from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import queries
from hakapa.labs.actions.holding import keep_voting
from hakapa.labs.formats import Ballot
from hakapa.labs.models import (
    Choice,
    Contribution,
    Criterion,
    Dots,
    Participant,
    Phase,
    Rating,
    Vote,
)
from hakapa.live.notify import stir

Answer = TypeVar("Answer", Vote, Dots, Rating)
CONFUSING = 0


@transaction.atomic
def vote(
    statement: Contribution, *, participant: Participant, value: int, sequence: int | None = None
) -> Vote:
    """Record whether the participant agrees, replacing an earlier answer.

    Raises:
        PermissionDenied: the participant sits in another lab.
        TooLateError: voting is closed, or the statement is no longer open.
        ValidationError: the value is no answer.

    """
    if value not in Choice.values:
        raise ValidationError({"value": f"{value} is no answer"})
    _hold(statement, participant)
    kept = Vote(participant=participant, statement=statement, value=value)
    return _newest(kept, "value", sequence)


@transaction.atomic
def rate(
    statement: Contribution,
    *,
    participant: Participant,
    criterion: Criterion,
    value: int,
    sequence: int | None = None,
) -> Rating:
    """Record the participant's grade, 1 to 5, or 0 for what they do not understand.

    Raises:
        PermissionDenied: the participant sits in another lab.
        TooLateError: voting is closed, or the statement is no longer open.
        ValidationError: the value is no grade.

    """
    if value != CONFUSING and value not in queries.SCALE:
        raise ValidationError({"value": f"{value} is no grade"})
    _hold(statement, participant)
    kept = Rating(participant=participant, statement=statement, criterion=criterion, value=value)
    return _newest(kept, "value", sequence, "criterion")


@transaction.atomic
def place_dots(
    statement: Contribution,
    *,
    participant: Participant,
    phase: Phase,
    number: int,
    sequence: int | None = None,
) -> Dots:
    """Let so many of the participant's dots in the phase lie on the statement; none takes back.

    Raises:
        PermissionDenied: the participant sits in another lab, or the phase is of another.
        TooLateError: the phase's dots are no longer placed, or the statement is not open.
        ValidationError: there are not so many dots.

    """
    if phase.lab_id != participant.lab_id:
        raise PermissionDenied
    _hold(statement, participant)
    if phase.ballot != Ballot.DOTS or not queries.is_going_on(phase):
        raise TooLateError("no dots are placed now")
    elsewhere = participant.dots.filter(phase=phase).exclude(statement=statement)
    placed = elsewhere.aggregate(placed=Sum("number"))["placed"] or 0
    if not 0 <= number <= phase.dots - placed:
        said = ngettext(
            "You have %(dots)d dot. Take one back first.",
            "You have %(dots)d dots. Take one back first.",
            phase.dots,
        )
        raise ValidationError({"number": said % {"dots": phase.dots}})
    kept = Dots(participant=participant, statement=statement, phase=phase, number=number)
    return _newest(kept, "number", sequence, "phase")


def _hold(statement: Contribution, participant: Participant) -> None:
    """Hold the lab's voting open and the participant's answers still, one at a time."""
    if statement.lab_id != participant.lab_id:
        raise PermissionDenied
    keep_voting(statement.lab_id)
    Participant.objects.select_for_update(no_key=True).get(pk=participant.pk)
    if not queries.open_statements(statement.lab).filter(pk=statement.pk).exists():
        raise TooLateError("the statement is not open for answers")


def _newest(answer: Answer, field: str, sequence: int | None, *also: str) -> Answer:
    """Keep the answer unless a newer one is kept already; tell the screens."""
    model = type(answer)
    key: dict[str, Any] = {
        name: getattr(answer, name) for name in ("participant", "statement", *also)
    }
    now = int(time.time() * 1000)
    answer.sequence = now if sequence is None else sequence
    given: dict[str, Any] = {field: getattr(answer, field), "sequence": answer.sequence}
    kept: Answer
    kept, created = model._default_manager.select_for_update().get_or_create(**key, defaults=given)
    if sequence is None and not created:
        given["sequence"] = max(now, kept.sequence + 1)
    if given["sequence"] > kept.sequence:
        for name, value in (*given.items(), ("at", timezone.now())):
            setattr(kept, name, value)
        kept.save(update_fields=[*given, "at"])
    stir(queries.channel(kept.participant.lab_id))
    return kept
