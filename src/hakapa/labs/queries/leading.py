"""What those who lead a lab need to see of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from hakapa.accounts.models import Membership
from hakapa.labs import closing
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Contribution, Lab, Phase, Receiver, Room
from hakapa.labs.queries.room import current_phase
from hakapa.process.models import Event

# What is journalled for those who lead, and tells a reader of the lab's history nothing.
PRESSES = (
    "step", "pace", "arrange", "lead", "approve", "hold_back", "promote", "demote",
    "merge_notes", "unmerge_notes", "type_in", "add_room", "remove_room", "provide_codes",
    "free_code",
)  # fmt: skip


def after(phase: Phase) -> Phase | None:
    """Return the phase that comes next, those passed by that are skipped."""
    return _not_skipped(phase).filter(position__gt=phase.position).first()


def before(phase: Phase) -> Phase | None:
    """Return the phase that the room was in before, those passed by that are skipped."""
    return _not_skipped(phase).filter(position__lt=phase.position).last()


def _not_skipped(phase: Phase) -> QuerySet[Phase]:
    return Phase.objects.filter(lab=phase.lab_id, skipped_at=None)


def is_early(lab: Lab) -> bool:
    """Tell whether something is left of the run sheet."""
    now = current_phase(lab)
    return now is not None and after(now) is not None


def unanswered(lab: Lab) -> list[Receiver]:
    """Return the receivers that have not answered all they were asked, or not been asked."""
    answered = closing.answered(lab)
    receivers = lab.receivers.select_related("organisation")
    return [r for r in receivers if r.organisation_id not in answered]


@dataclass(frozen=True)
class Missing:
    """A receiver that had not answered when the lab was closed, and the reason that was given."""

    receiver: Receiver
    why: str


@dataclass(frozen=True)
class Ending:
    """How the lab was closed: why before its time, and who still owes the room an answer."""

    why: str
    missing: list[Missing]


def ending(lab: Lab) -> Ending | None:
    """Return how the lab was closed last; None when it is not closed or nothing is known."""
    event = _closing(lab)
    if event is None:
        return None
    why = event.details.get("why", "")
    reasons: Mapping[str, str] = event.details.get("missing", {})
    owed = [Missing(r, reasons.get(str(r.organisation_id), why)) for r in unanswered(lab)]
    return Ending(why, [missing for missing in owed if missing.why])


def typed_in_late(lab: Lab) -> QuerySet[Contribution]:
    """Return what was typed in from paper cards after the lab was closed: nobody could answer."""
    cards, event = lab.contributions.exclude(card=""), _closing(lab)
    return cards.filter(created__gt=event.at) if event else cards.none()


def _closing(lab: Lab) -> Event | None:
    """Return how the lab came to its end last; None when it is not closed or nothing is known."""
    if lab.state != State.CLOSED:
        return None
    ends = Event.objects.filter(
        subject_type=lab._meta.label_lower, subject_id=lab.pk, move__in=("close", "run_out")
    )
    return ends.order_by("-at", "-pk").first()


def shown(lab: Lab) -> QuerySet[Contribution]:
    """Return what the room may see: not hidden, not waiting, and not part of another."""
    notes = lab.contributions.filter(hidden_at=None, is_waiting=False, merged_into=None)
    return notes.select_related("room")


def on_the_wall(lab: Lab, most: int) -> QuerySet[Contribution]:
    """Return what the projector shows: what is promoted first, then the newest."""
    order = (F("promoted_at").desc(nulls_last=True), "-created", "-pk")
    return shown(lab).annotate(parts=Count("merged")).order_by(*order)[:most]


def waiting(lab: Lab) -> QuerySet[Contribution]:
    """Return what waits for a lab leader to look at it, oldest first."""
    notes = lab.contributions.filter(is_waiting=True, hidden_at=None)
    return notes.select_related("phase", "room")


def looked_at(lab: Lab) -> QuerySet[Contribution]:
    """Return all else that has been written, newest first, the hidden too; with its sources."""
    return (
        lab.contributions.filter(Q(is_waiting=False) | Q(hidden_at__isnull=False))
        .select_related("phase", "organisation", "participant", "merged_into", "room")
        .annotate(parts=Count("merged"))
        .order_by("-created", "-pk")
    )


def notes_of_tables(lab: Lab) -> QuerySet[Contribution]:
    """Return what the tables' note-takers have written and the room may see, table by table."""
    return (
        shown(lab)
        .filter(participant__takes_notes=True)
        .select_related("phase", "participant", "room")
        .order_by("room", "table", "created", "pk")
    )


def those_who_may_lead(lab: Lab) -> QuerySet[Membership]:
    """Return everybody to whom the lead may be handed over, each by one of their roles."""
    leading = {lab.host_id, *(organisation.pk for organisation in lab.leaders.all())}
    memberships = Membership.objects.filter(organisation__in=leading, user__is_active=True)
    return (
        memberships.select_related("user", "organisation")
        .order_by("user", "organisation")
        .distinct("user")
    )


def holder(lab: Lab) -> str:
    """Return who has the lead, by role and organisation; empty when nobody in particular has."""
    found = those_who_may_lead(lab).filter(user=lab.led_by_id).first() if lab.led_by_id else None
    return called(found) if found else ""


def called(member: Membership) -> str:
    """Return what one who leads is called among those who lead."""
    return f"{member.title or member.user}, {member.organisation}"


@dataclass(frozen=True)
class Codes:
    """How many personal codes a lab has, and how many have given their seat."""

    all: int
    used: int


def codes_of(lab: Lab) -> Codes:
    """Count the lab's personal codes."""
    return Codes(**lab.personal_codes.aggregate(all=Count("pk"), used=Count("participant")))


def has_moved_seats(lab: Lab) -> bool:
    """Tell whether a used code was freed, so that its seat could move to another phone."""
    return Event.objects.filter(
        subject_type=lab._meta.label_lower, subject_id=lab.pk, move="free_code"
    ).exists()


def rooms(lab: Lab) -> QuerySet[Room]:
    """Return the places where the lab is held at once, each with how many sit there."""
    return lab.rooms.annotate(people=Count("participants"))
