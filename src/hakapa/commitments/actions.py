from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hakapa.accounts.models import Organisation, User
from hakapa.challenges import actions as challenges
from hakapa.commitments.lifecycle import PROMISED, State
from hakapa.commitments.models import Commitment, FollowUp, Outcome
from hakapa.kernel.lifecycle import TooLateError
from hakapa.process.moving import Because, move, record
from hakapa.proposals import actions as proposals
from hakapa.proposals.models import Proposal


def ask(proposal: Proposal, *, receiver: Organisation, role: str = "") -> Commitment:
    """Put the proposal before the receiver; asking twice is asking once."""
    commitment, _created = Commitment.objects.get_or_create(
        proposal=proposal,
        receiver=receiver,
        defaults={"role": role, "language": proposal.language},
    )
    return commitment


def take(
    commitment: Commitment, *, by: User, next_step: str, due: date, at: datetime | None = None
) -> Commitment:
    """Promise to act: what happens first and by when it is told how it went."""
    answered = _answer(commitment, "take", by=by, at=at, next_step=next_step, due=due)
    _follow(answered, "take_on", at=at)
    return answered


def hop_on(
    commitment: Commitment, *, by: User, next_step: str, due: date, at: datetime | None = None
) -> Commitment:
    """Promise to join when somebody else starts."""
    answered = _answer(commitment, "hop_on", by=by, at=at, next_step=next_step, due=due)
    _follow(answered, "take_on", at=at)
    return answered


def park(
    commitment: Commitment, *, by: User, next_step: str, due: date, at: datetime | None = None
) -> Commitment:
    """Let the proposal wait until a day, with what it waits for."""
    answered = _answer(commitment, "park", by=by, at=at, next_step=next_step, due=due)
    _follow(answered, "park", at=at)
    return answered


def decline(
    commitment: Commitment, *, by: User, reason: str, at: datetime | None = None
) -> Commitment:
    """Say no in the open, with the reason.

    Raises:
        ValidationError: no reason is given.

    """
    if not reason:
        raise ValidationError({"reason": _("A no needs a reason, so that others can learn.")})
    answered = _answer(commitment, "decline", by=by, at=at, reason=reason, due=None)
    _follow(answered, "decline", at=at)
    return answered


@dataclass(frozen=True)
class Report:
    """What a receiver tells about a promise."""

    outcome: Outcome
    happened: str
    due_after: date | None = None
    right_thing: str = ""
    right_way: str = ""


@transaction.atomic
def report(
    commitment: Commitment, told: Report, *, by: User, at: datetime | None = None
) -> FollowUp:
    """Tell how the promise went: done, not done, or going on with a new date.

    Raises:
        TooLateError: nothing is promised, or the promise is settled already.
        PermissionDenied: the user does not speak for the receiver.
        ValidationError: what goes on has no later date.

    """
    at = at or timezone.now()
    locked = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    if locked.state not in PROMISED or locked.due is None:
        raise TooLateError("nothing is promised here")
    if not by.has_perm("commitments.keep_commitment", locked):
        raise PermissionDenied
    day = timezone.localdate(at)
    _refuse_earlier_date(told, locked.due, day)
    follow_up = FollowUp(
        commitment=locked,
        outcome=told.outcome,
        happened=told.happened,
        right_thing=told.right_thing,
        right_way=told.right_way,
        due_before=locked.due,
        due_after=told.due_after if told.outcome == Outcome.GOING_ON else None,
        reported_on=day,
        language=locked.language,
    )
    follow_up.full_clean()
    follow_up.save()
    _settle(locked, told, by=by, at=at)
    return follow_up


@transaction.atomic
def _answer(
    commitment: Commitment, name: str, *, by: User, at: datetime | None, **changes: Any
) -> Commitment:
    at = at or timezone.now()
    return move(
        commitment,
        name,
        by=by,
        because=Because(commitment.receiver, at),
        answered_on=timezone.localdate(at),
        **changes,
    )


def _settle(commitment: Commitment, told: Report, *, by: User, at: datetime) -> None:
    if told.outcome == Outcome.GOING_ON:
        details = {"due_before": str(commitment.due), "due_after": str(told.due_after)}
        commitment.due = told.due_after
        commitment.save(update_fields=["due"])
        record(
            commitment, "postpone", by=by, because=Because(commitment.receiver, at, details)
        )
    else:
        name = "keep" if told.outcome == Outcome.KEPT else "give_up"
        move(commitment, name, by=by, because=Because(commitment.receiver, at))


def _refuse_earlier_date(told: Report, due: date, today: date) -> None:
    if told.outcome != Outcome.GOING_ON:
        return
    if told.due_after is None or told.due_after <= min(due, today):
        raise ValidationError({"due_after": _("What goes on needs a new, later date.")})


def _follow(commitment: Commitment, answer: str, *, at: datetime | None) -> None:
    """Let the proposal and the challenge follow what the receivers' answers amount to."""
    siblings = Commitment.objects.filter(proposal=commitment.proposal_id)
    if answer == "take_on":
        challenges.take_in_hand(commitment.proposal.challenge, at=at)
    elif siblings.filter(state__in=[*PROMISED, State.KEPT]).exists():
        return
    elif answer == "decline" and siblings.exclude(state=State.DECLINED).exists():
        return
    proposals.follow_answers(commitment.proposal, answer=answer, at=at)
