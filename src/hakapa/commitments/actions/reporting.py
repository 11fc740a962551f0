from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hakapa.accounts.models import Organisation, User
from hakapa.challenges import actions as challenges
from hakapa.challenges.models import Measurement
from hakapa.commitments.actions.answering import follow
from hakapa.commitments.actions.picturing import Shown, put_in
from hakapa.commitments.actions.verifying import invite_to_verify
from hakapa.commitments.lifecycle import PROMISED
from hakapa.commitments.models import Commitment, FollowUp, Outcome
from hakapa.kernel.lifecycle import TooLateError
from hakapa.kernel.text import shortened
from hakapa.process.moving import Because, move, record
from hakapa.proposals.models import Proposal


@dataclass(frozen=True)
class Report:
    """What a receiver tells about a promise: five questions and how it stands.

    The effect is the present value of the challenge's measure. A promise that was not kept says
    what stood in the way, one that goes on says until when.
    """

    outcome: Outcome
    happened: str
    due_after: date | None = None
    right_thing: str = ""
    right_way: str = ""
    language: str = ""
    learned: str = ""
    barrier: str = ""
    effect: Decimal | None = None
    shown: Shown | None = None


@transaction.atomic
def report(
    commitment: Commitment, told: Report, *, by: User, at: datetime | None = None
) -> FollowUp:
    """Tell how the promise went: done, not done, or going on with a new date.

    Raises:
        TooLateError: nothing is promised, or the promise is settled already.
        PermissionDenied: the user neither speaks for the receiver nor was handed the promise.
        ValidationError: what goes on has no date after the day of the report, what was not done
            has nothing that stood in the way, the measure has a value for the day, or nothing is
            said of a picture.

    """
    at = at or timezone.now()
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=commitment.proposal_id)
    locked = held_promise(commitment, by=by, right="keep")
    _refuse_unfinished(told, timezone.localdate(at))
    follow_up = FollowUp(
        commitment=locked,
        reported_on=timezone.localdate(at),
        outcome=told.outcome,
        happened=told.happened,
        learned=told.learned,
        right_thing=told.right_thing,
        right_way=told.right_way,
        barrier=told.barrier if told.outcome == Outcome.NOT_KEPT else "",
        due_before=cast("date", locked.due),  # a promise has one
        due_after=told.due_after if told.outcome == Outcome.GOING_ON else None,
        language=told.language or locked.language,
        measurement=_read_measure(proposal, told, locked.receiver, at=at),
    )
    follow_up.full_clean()
    follow_up.save()
    if told.shown:
        put_in(follow_up, told.shown)
    _settle(locked, follow_up, by=by, at=at)
    follow(proposal, at=at)
    return follow_up


@transaction.atomic
def change_date(
    commitment: Commitment, *, due: date, why: str, by: User, at: datetime | None = None
) -> Commitment:
    """Move the date of a promise with a reason; the date it had stays in the open.

    Raises:
        TooLateError: nothing is promised, or the promise is settled already.
        PermissionDenied: the user neither speaks for the receiver nor was handed the promise.
        ValidationError: the day has passed or is the one it was, or there is no reason.

    """
    at = at or timezone.now()
    locked = held_promise(commitment, by=by, right="keep")
    if due <= timezone.localdate(at) or due == locked.due:
        raise ValidationError({"due": _("Choose another day, after today.")})
    if not why:
        raise ValidationError({"why": _("Say why, so that those who wait understand.")})
    details = {"due_before": str(locked.due), "due_after": str(due), "why": why}
    locked.due = due
    locked.save(update_fields=["due"])
    record(locked, "change_date", by=by, because=Because(locked.receiver, at, details))
    return locked


def refuse_without_promise(commitment: Commitment) -> None:
    """Let nobody report on what was not promised.

    Raises:
        TooLateError: nothing is promised, or the promise is settled already.

    """
    if commitment.state not in PROMISED:
        raise TooLateError("nothing is promised here")


def held_promise(commitment: Commitment, *, by: User, right: str) -> Commitment:
    """Return the promise as it stands now, held until the transaction ends.

    Raises:
        TooLateError: nothing is promised, or the promise is settled already.
        PermissionDenied: the user has not the right.

    """
    locked = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    refuse_without_promise(locked)
    if not by.has_perm(f"commitments.{right}_commitment", locked):
        raise PermissionDenied
    return locked


def _refuse_unfinished(told: Report, day: date) -> None:
    if told.outcome == Outcome.GOING_ON and (told.due_after is None or told.due_after <= day):
        raise ValidationError({"due_after": _("What goes on needs a new date, after today.")})
    if told.outcome == Outcome.NOT_KEPT and not told.barrier:
        raise ValidationError({"barrier": _("Choose what stood in the way.")})


def _read_measure(
    proposal: Proposal, told: Report, organisation: Organisation, *, at: datetime
) -> Measurement | None:
    """Write the effect down among the values of the challenge's measure, when it is told."""
    if told.effect is None:
        return None
    try:
        return challenges.read_measure(
            proposal.challenge,
            value=told.effect,
            note=shortened(proposal.title),
            organisation=organisation,
            at=at,
        )
    except ValidationError as refusal:
        raise ValidationError({"effect": refusal.messages}) from refusal


def _settle(commitment: Commitment, told: FollowUp, *, by: User, at: datetime) -> None:
    details: dict[str, str | int] = {
        "happened": shortened(told.happened, 200),
        "follow_up": told.pk,
    }
    if told.outcome != Outcome.GOING_ON:
        if told.barrier:
            details["barrier"] = told.barrier
        name = "keep" if told.outcome == Outcome.KEPT else "give_up"
        move(commitment, name, by=by, because=Because(commitment.receiver, at, details))
        if told.outcome == Outcome.KEPT:
            invite_to_verify(commitment, at=at)
        return
    details |= {"due_before": str(commitment.due), "due_after": str(told.due_after)}
    moved_on = commitment.due != told.due_after
    commitment.due = told.due_after
    commitment.save(update_fields=["due"])
    because = Because(commitment.receiver, at, details)
    record(commitment, "postpone" if moved_on else "go_on", by=by, because=because)
