from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hakapa.commitments import queries
from hakapa.commitments.lifecycle import State
from hakapa.commitments.models import Commitment, Happened, Verification
from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs.models import Participant
from hakapa.process.moving import Because, record


@transaction.atomic
def invite_to_verify(
    commitment: Commitment, *, also: Iterable[Participant] = (), at: datetime | None = None
) -> list[Verification]:
    """Ask those who took part, once each, whether what was promised happened.

    Asked are the lab's claimed seats, and `also` those seats of the lab that somebody else knows
    how to reach. Nobody who works for the receiver confirms their own promise. Returns the
    questions that are new; each has a secret link by which it is answered.

    Raises:
        TooLateError: the promise is not told to be kept.

    """
    at = at or timezone.now()
    locked = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    if locked.state != State.KEPT:
        raise TooLateError("only what is told to be kept can be confirmed")
    seats = {seat.pk: seat for seat in (*queries.claimed_seats(locked), *also)}
    asked = [new for seat in seats.values() if (new := _ask(locked, seat, at=at))]
    if asked:
        details = {"people": len(asked)}
        record(locked, "ask_participants", by=None, because=Because(None, at, details))
    return asked


@transaction.atomic
def verify(
    verification: Verification, *, answer: str, line: str = "", at: datetime | None = None
) -> Verification:
    """Say whether it happened; a later answer by the same link replaces the earlier one.

    Raises:
        ValidationError: that is none of the answers.

    """
    at = at or timezone.now()
    locked = Verification.objects.select_for_update(of=("self",)).get(pk=verification.pk)
    if answer not in Happened.values:
        raise ValidationError({"answer": _("Choose one of the answers.")})
    is_first = not locked.answer
    locked.answer, locked.line, locked.answered_at = answer, line, at
    locked.full_clean()
    locked.save(update_fields=["answer", "line", "answered_at"])
    if is_first:
        record(locked.commitment, "verify", by=None, because=Because(None, at))
    return locked


def _ask(commitment: Commitment, seat: Participant, *, at: datetime) -> Verification | None:
    """Ask the person in the seat, unless they were asked or the seat is of another lab."""
    if seat.lab_id != commitment.proposal.lab_id:
        return None
    is_the_same = Q(seat=seat)
    if seat.account_id:
        is_the_same |= Q(account=seat.account_id)
    if Verification.objects.filter(is_the_same, commitment=commitment).exists():
        return None
    return Verification.objects.create(
        commitment=commitment,
        seat=seat,
        account_id=seat.account_id,
        language=commitment.language,
        created=at,
    )
