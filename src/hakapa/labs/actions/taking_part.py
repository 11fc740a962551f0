from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from typing_extensions import TypedDict, Unpack

from hakapa.accounts.models import Organisation, User
from hakapa.challenges.models import Challenge
from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import queries
from hakapa.labs.actions.holding import keep_running
from hakapa.labs.models import (
    Contribution,
    Kind,
    Lab,
    Participant,
    PersonalCode,
    Phase,
    Room,
)
from hakapa.labs.queries import channel
from hakapa.live.notify import announce


class SeatTakenError(TooLateError):
    """The personal code has given its one seat already."""


class Told(TypedDict, total=False):
    """What somebody tells when they take a seat; all of it may be left out."""

    perspective: str
    table: int | None
    room: Room | None
    takes_notes: bool
    organisation: Organisation | None


@transaction.atomic
def join(
    lab: Lab, *, code: PersonalCode | None = None, at: datetime | None = None, **told: Unpack[Told]
) -> Participant:
    """Give somebody a seat in the lab; their browser keeps the seat's secret token.

    In a lab by personal codes each code gives one seat.

    Raises:
        TooLateError: the lab is not open for joining.
        SeatTakenError: somebody sits on the personal code already.
        PermissionDenied: the lab asks for a personal code of its own.

    """
    if not lab.is_open:
        raise TooLateError("the lab is not open for joining")
    held = _held(lab, code)
    seat = Participant.objects.create(lab=lab, created=at or timezone.now(), **told)
    if held:
        held.participant = seat
        held.save(update_fields=["participant"])
    announce(channel(lab.pk), "join")
    return seat


def _held(lab: Lab, code: PersonalCode | None) -> PersonalCode | None:
    """Return the personal code, held; two who use it at once get one seat."""
    if not lab.by_personal_codes:
        return None
    if code is None or code.lab_id != lab.pk:
        raise PermissionDenied
    held = PersonalCode.objects.select_for_update().get(pk=code.pk)
    if held.participant_id:
        raise SeatTakenError("the code has given its seat")
    return held


@dataclass(frozen=True)
class Words:
    """What a participant or a lab leader contributes.

    The phase is the one they began to write in; the room may have gone on since.
    """

    text: str
    kind: Kind = Kind.INSIGHT
    challenge: Challenge | None = None
    organisation: Organisation | None = None
    barriers: tuple[str, ...] = ()
    language: str = "sv"
    phase: Phase | None = None


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
    contribution = composed(lab, words, participant=participant, by=by, key=key, at=at)
    if earlier := _sent_before(contribution):
        return earlier
    keep_running(lab.pk)
    return add(contribution)


def add(contribution: Contribution) -> Contribution:
    """Put what is composed into its lab, which the caller holds, and tell the screens.

    Raises:
        PermissionDenied: the key is somebody else's.
        ValidationError: nothing, or too much, was written.

    """
    contribution.phase = contribution.phase or queries.current_phase(contribution.lab)
    contribution.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            contribution.save()
    except IntegrityError:  # a retry that arrived while the first was being saved
        if earlier := _sent_before(contribution):
            return earlier
        raise PermissionDenied from None
    announce(channel(contribution.lab_id), "note", item=contribution.pk)
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
    if queries.is_answered_by_others(contribution, participant):
        raise TooLateError("others have answered it")
    number = contribution.pk
    try:
        contribution.delete()
    except ProtectedError:
        raise TooLateError("it has grown into something else") from None
    announce(channel(contribution.lab_id), "note", item=number)


def _refuse_stranger(lab: Lab, *, participant: Participant | None, by: User | None) -> None:
    in_the_room = participant is not None and participant.lab_id == lab.pk
    if not in_the_room and not (by and by.has_perm("labs.lead_lab", lab)):
        raise PermissionDenied


def composed(
    lab: Lab,
    words: Words,
    *,
    participant: Participant | None = None,
    by: User | None = None,
    key: UUID | None = None,
    at: datetime | None = None,
) -> Contribution:
    """Return what somebody wrote as a contribution that is not saved yet."""
    return Contribution(
        lab=lab,
        challenge=words.challenge,
        participant=participant,
        author=by,
        organisation=words.organisation,
        kind=words.kind,
        text=words.text,
        phase=words.phase,
        table=participant.table if participant else None,
        room=participant.room if participant else None,
        barriers=list(words.barriers),
        language=words.language,
        is_statement=words.kind != Kind.QUESTION,
        is_waiting=lab.is_moderated and participant is not None,
        key=key or uuid4(),
        created=at or timezone.now(),
    )


def _sent_before(contribution: Contribution) -> Contribution | None:
    """Return what the same writer sent with the same key."""
    return Contribution.objects.filter(
        key=contribution.key,
        lab=contribution.lab,
        participant=contribution.participant,
        author=contribution.author,
    ).first()
