from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hakapa.accounts.models import Organisation, User
from hakapa.challenges import actions as challenges
from hakapa.challenges.models import Challenge
from hakapa.commitments.lifecycle import PROMISED, State
from hakapa.commitments.models import Commitment
from hakapa.kernel.lifecycle import TooLateError
from hakapa.process.moving import Because, move, record
from hakapa.proposals import actions as proposals
from hakapa.proposals.models import Proposal

# The moves by which a receiver answers; the others follow from reports.
ANSWERS = ("take", "hop_on", "park", "decline")


@transaction.atomic
def ask(
    proposal: Proposal, *, receiver: Organisation, role: str = "", at: datetime | None = None
) -> Commitment:
    """Put the proposal before the receiver; asking twice is asking once."""
    at = at or timezone.now()
    commitment, is_new = Commitment.objects.get_or_create(
        proposal=proposal,
        receiver=receiver,
        defaults={"role": role, "language": proposal.language, "created": at},
    )
    if is_new:
        record(commitment, "ask", by=None, because=Because(receiver, at))
    return commitment


@dataclass(frozen=True)
class Answer:
    """What a receiver answers: the move, and what goes with it.

    A promise (`take`, `hop_on`) and a `park` have a next step and a date; a `decline` has a
    reason. Only a promise has a mandate, known or unclear. An empty role or language leaves what
    there is.
    """

    move: str
    next_step: str = ""
    due: date | None = None
    reason: str = ""
    role: str = ""
    language: str = ""
    mandate: str = ""


@transaction.atomic
def answer(
    commitment: Commitment, given: Answer, *, by: User, at: datetime | None = None
) -> Commitment:
    """Answer the proposal in the open, for the receiver.

    Raises:
        TooLateError: the proposal no longer stands, or the answer cannot be changed any more.
        PermissionDenied: the user does not speak for the receiver.
        ValidationError: the answer lacks its next step, its date or its reason.

    """
    at = at or timezone.now()
    # Held first, so that of two receivers who answer at once the second sees the first's answer.
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=commitment.proposal_id)
    proposals.refuse_unless_standing(proposal)
    said = _said(given, timezone.localdate(at))
    because = Because(commitment.receiver, at, _for_the_journal(said))
    said["answered_on"] = timezone.localdate(at)
    said["role"] = given.role or commitment.role
    said["language"] = given.language or commitment.language
    answered = move(commitment, given.move, by=by, because=because, **said)
    follow(proposal, at=at)
    return answered


def take(
    commitment: Commitment, *, by: User, next_step: str, due: date, at: datetime | None = None
) -> Commitment:
    """Promise to act: what happens first and by when it is told how it went."""
    return answer(commitment, Answer("take", next_step, due), by=by, at=at)


def hop_on(
    commitment: Commitment, *, by: User, next_step: str, due: date, at: datetime | None = None
) -> Commitment:
    """Promise to join when somebody else starts."""
    return answer(commitment, Answer("hop_on", next_step, due), by=by, at=at)


def park(
    commitment: Commitment, *, by: User, next_step: str, due: date, at: datetime | None = None
) -> Commitment:
    """Let the proposal wait until a day, with what it waits for."""
    return answer(commitment, Answer("park", next_step, due), by=by, at=at)


def decline(
    commitment: Commitment, *, by: User, reason: str, at: datetime | None = None
) -> Commitment:
    """Say no in the open, with the reason."""
    return answer(commitment, Answer("decline", reason=reason), by=by, at=at)


@transaction.atomic
def return_from_parking(commitment: Commitment, *, at: datetime | None = None) -> Commitment:
    """Put a parked proposal before its receiver again, on the day that was set for it.

    What it waited for and until when stays in the journal.

    Raises:
        MoveNotAllowedError: the receiver has answered otherwise meanwhile.

    """
    at = at or timezone.now()
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=commitment.proposal_id)
    waited = {"waited_for": commitment.next_step, "waited_until": str(commitment.due)}
    because = Because(commitment.receiver, at, waited)
    nothing = {"next_step": "", "due": None, "reason": ""}
    asked = move(commitment, "return_from_parking", by=None, because=because, **nothing)
    follow(proposal, at=at)
    return asked


def refuse_when_settled(commitment: Commitment) -> None:
    """Let no answer be given that would not count.

    Raises:
        TooLateError: the proposal no longer stands, or the answer cannot be changed any more.

    """
    proposals.refuse_unless_standing(commitment.proposal)
    if not set(ANSWERS).intersection(commitment.open_moves):
        raise TooLateError("the answer cannot be changed any more")


@transaction.atomic
def follow(proposal: Proposal, *, at: datetime | None = None) -> None:
    """Let the proposal and its challenge follow what all the receivers' answers amount to."""
    states = Commitment.objects.filter(proposal=proposal).values_list("state", flat=True)
    amounts_to = _amounts_to(set(states))
    proposals.follow_answers(proposal, answer=amounts_to, at=at)
    if amounts_to == "take_on":
        # Held, so that of two first promises at once one takes the challenge in hand.
        challenge = Challenge.objects.select_for_update(of=("self",)).get(pk=proposal.challenge_id)
        challenges.take_in_hand(challenge, at=at)


def _amounts_to(states: Collection[str]) -> str:
    if {*PROMISED, State.KEPT}.intersection(states):
        return "take_on"
    if State.PARKED in states:
        return "park"
    return "decline" if states == {State.DECLINED} else "wait_again"


def _said(given: Answer, today: date) -> dict[str, Any]:
    """Return what the commitment keeps of the answer; an earlier answer's words are left out."""
    if given.move not in ANSWERS:
        raise ValidationError({"move": _("Choose one of the answers.")})
    if given.move == "decline":
        if not given.reason:
            raise ValidationError({"reason": _("A no needs a reason, so that others can learn.")})
        return {"next_step": "", "due": None, "reason": given.reason, "mandate": ""}
    missing: dict[str, str] = {}
    if not given.next_step:
        missing["next_step"] = _("What happens first?")
    if given.due is None:
        missing["due"] = _("By which day do you tell how it went?")
    elif given.due < today:
        missing["due"] = _("That day has passed. Choose today or a later day.")
    if missing:
        raise ValidationError(missing)
    mandate = "" if given.move == "park" else given.mandate
    words = {"next_step": given.next_step, "due": given.due, "reason": given.reason}
    return {**words, "mandate": mandate}


def _for_the_journal(said: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) for name, value in said.items() if value}
