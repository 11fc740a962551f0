from dataclasses import dataclass

from hakapa.accounts.models import AnyUser
from hakapa.commitments.models import Commitment, FollowUp
from hakapa.commitments.queries.finding import answered
from hakapa.process.models import Event
from hakapa.process.queries import history_of

# Told to those they concern, and no news to anybody else.
_QUIET = ("remind", "verify")
_NO_NEWS = (*_QUIET, "ask", "hand_over", "ask_participants")


@dataclass(frozen=True)
class Change:
    """Something that happened to an answer, as the feed tells it."""

    event: Event
    commitment: Commitment
    is_hidden: bool = False

    @property
    def happened(self) -> str:
        """What the report behind the change says, unless it has been hidden."""
        return "" if self.is_hidden else self.event.details.get("happened", "")

    def get_absolute_url(self) -> str:
        return self.commitment.get_absolute_url()


def latest_changes(user: AnyUser, count: int = 50) -> list[Change]:
    """Return the latest answers, new dates and outcomes that the user may see, newest first."""
    seen = answered(user)
    events = (
        Event.objects.filter(
            subject_type=Commitment._meta.label_lower, subject_id__in=seen.values("pk")
        )
        .exclude(move__in=_NO_NEWS)
        .order_by("-at", "-pk")[:count]
    )
    commitments = seen.in_bulk({event.subject_id for event in events})
    reports = [e.details["follow_up"] for e in events if "follow_up" in e.details]
    hidden = set(
        FollowUp.objects.filter(pk__in=reports).exclude(hidden_why="").values_list("pk", flat=True)
    )
    return [
        Change(event, commitments[event.subject_id], event.details.get("follow_up") in hidden)
        for event in events
    ]


def told_history(commitment: Commitment, count: int = 30) -> list[Event]:
    """Return what has happened to the answer as far as it is told in public, newest first."""
    return list(history_of(commitment).exclude(move__in=_QUIET)[:count])
