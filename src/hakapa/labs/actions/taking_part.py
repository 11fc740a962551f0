from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from hakapa.accounts.models import Organisation, User
from hakapa.challenges.models import Challenge
from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import queries
from hakapa.labs.actions.holding import keep_running
from hakapa.labs.models import Choice, Contribution, Kind, Lab, Participant, Vote


def join(
    lab: Lab,
    *,
    perspective: str = "",
    table: int | None = None,
    organisation: Organisation | None = None,
    at: datetime | None = None,
) -> Participant:
    """Give somebody a seat in the lab; their browser keeps the seat's secret token.

    Raises:
        TooLateError: the lab is not open for joining.

    """
    if not lab.is_open:
        raise TooLateError("the lab is not open for joining")
    return Participant.objects.create(
        lab=lab,
        perspective=perspective,
        table=table,
        organisation=organisation,
        created=at or timezone.now(),
    )


@dataclass(frozen=True)
class Words:
    """What a participant or a lab leader contributes."""

    text: str
    kind: Kind = Kind.INSIGHT
    challenge: Challenge | None = None
    organisation: Organisation | None = None
    barriers: tuple[str, ...] = ()
    language: str = "sv"


@transaction.atomic
def contribute(
    lab: Lab,
    words: Words,
    *,
    participant: Participant | None = None,
    by: User | None = None,
    key: UUID | None = None,
    at: datetime | None = None,
) -> Contribution:
    """Add what somebody wrote; the same key a second time adds nothing.

    A question is for answering; everything else is a statement the room may weigh.

    Raises:
        TooLateError: the lab is not running.
        PermissionDenied: the writer is neither in the room nor leads the lab, or the key is
            somebody else's.
        ValidationError: nothing, or too much, was written.

    """
    _refuse_stranger(lab, participant=participant, by=by)
    contribution = _composed(lab, words, participant=participant, by=by)
    contribution.key = key or uuid4()
    contribution.created = at or timezone.now()
    if earlier := _sent_before(contribution):
        return earlier
    keep_running(lab.pk)
    contribution.phase = queries.current_phase(lab)
    contribution.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            contribution.save()
    except IntegrityError:  # a retry that arrived while the first was being saved
        if earlier := _sent_before(contribution):
            return earlier
        raise PermissionDenied from None
    return contribution


@transaction.atomic
def take_back(contribution: Contribution, *, participant: Participant) -> None:
    """Let the writer remove what they wrote, as long as nobody has built on it.

    Raises:
        PermissionDenied: somebody else wrote it.
        TooLateError: others have answered it, it has grown into something else, or the lab
            is closed.

    """
    if contribution.participant_id != participant.pk:
        raise PermissionDenied
    keep_running(contribution.lab_id)
    if contribution.votes.exclude(participant=participant).exists():
        raise TooLateError("others have answered it")
    try:
        contribution.delete()
    except ProtectedError:
        raise TooLateError("it has grown into something else") from None


@transaction.atomic
def vote(statement: Contribution, *, participant: Participant, value: int) -> Vote:
    """Record the participant's answer, replacing an earlier one.

    Raises:
        PermissionDenied: the participant sits in another lab.
        TooLateError: the lab is not running, or the statement is no longer open.
        ValidationError: the value is no answer.

    """
    if statement.lab_id != participant.lab_id:
        raise PermissionDenied
    if value not in Choice.values:
        raise ValidationError({"value": f"{value} is no answer"})
    keep_running(statement.lab_id)
    if statement.hidden_at or not statement.is_statement:
        raise TooLateError("the statement is not open for answers")
    answer, _created = Vote.objects.update_or_create(
        participant=participant,
        statement=statement,
        defaults={"value": value, "at": timezone.now()},
    )
    return answer


def _refuse_stranger(lab: Lab, *, participant: Participant | None, by: User | None) -> None:
    in_the_room = participant is not None and participant.lab_id == lab.pk
    if not in_the_room and not (by and by.has_perm("labs.lead_lab", lab)):
        raise PermissionDenied


def _composed(
    lab: Lab, words: Words, *, participant: Participant | None, by: User | None
) -> Contribution:
    return Contribution(
        lab=lab,
        challenge=words.challenge,
        participant=participant,
        author=by,
        organisation=words.organisation,
        kind=words.kind,
        text=words.text,
        table=participant.table if participant else None,
        barriers=list(words.barriers),
        language=words.language,
        is_statement=words.kind != Kind.QUESTION,
    )


def _sent_before(contribution: Contribution) -> Contribution | None:
    """Return what the same writer sent with the same key."""
    return Contribution.objects.filter(
        key=contribution.key,
        lab=contribution.lab,
        participant=contribution.participant,
        author=contribution.author,
    ).first()
