from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hakapa.commitments import queries
from hakapa.commitments.lifecycle import PROMISED
from hakapa.commitments.models import Commitment, Milestone, Reminder
from hakapa.process.moving import Because, record


@transaction.atomic
def remind(commitment: Commitment, *, at: datetime | None = None) -> list[Reminder]:
    """Speak of the promise if this is one of its days; as often as asked, but once a milestone.

    Of the days that are counted from its date, and of those counted from the answer, only the
    latest that has come is told. To become late is told however long ago it was.
    """
    at = at or timezone.now()
    locked = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    if locked.state not in PROMISED:
        return []
    told = []
    dated = queries.dated(Commitment.objects.filter(pk=locked.pk)).get()
    for owed in queries.milestones(dated, timezone.localdate(at)):
        reminder, is_new = Reminder.objects.get_or_create(
            commitment=locked,
            milestone=owed.milestone,
            about=owed.about,
            defaults={"created": at},
        )
        if is_new:
            _tell(locked, reminder, at=at)
            told.append(reminder)
    return told


def _tell(commitment: Commitment, reminder: Reminder, *, at: datetime) -> None:
    """Write in the journal what whoever carries news listens for."""
    challenge = commitment.proposal.challenge
    details = {
        "milestone": reminder.milestone,
        "due": str(commitment.due),
        "challenge": challenge.pk,
        "challenger": challenge.owner_id,
    }
    name = "late" if reminder.milestone == Milestone.LATE else "remind"
    record(commitment, name, by=None, because=Because(commitment.receiver, at, details))
