from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from hakapa.accounts.models import AnyUser
from hakapa.accounts.queries import organisations_of
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Choice, Contribution, Lab, Participant, Perspective, Phase

SMALLEST_CELL = 5  # fewer people than this are never told apart in public


def visible_to(user: AnyUser) -> QuerySet[Lab]:
    """Return the labs the user may see: all published, and those the user prepares."""
    mine = organisations_of(user)
    prepared = Q(host__in=mine) | Q(leaders__in=mine) | Q(receivers__organisation__in=mine)
    unseen = Q(state=State.PLANNED) | Q(state=State.CANCELLED)
    ids = Lab.objects.filter(~unseen | prepared).values("pk")
    return Lab.objects.filter(pk__in=ids).select_related("host")


def contributions_visible_to(user: AnyUser) -> QuerySet[Contribution]:
    """Return the contributions the user may see: those of visible labs, but the hidden ones."""
    return Contribution.objects.filter(
        lab__in=visible_to(user), hidden_at__isnull=True
    ).select_related("organisation", "phase", "challenge")


def current_phase(lab: Lab) -> Phase | None:
    """Return the phase that the room is in."""
    return lab.phases.filter(started_at__isnull=False, ended_at__isnull=True).first()


def participant_of(lab: Lab, token: str) -> Participant | None:
    """Return who in the lab holds the token."""
    return lab.participants.filter(token=token).first() if token else None


def statements(lab: Lab) -> QuerySet[Contribution]:
    """Return what may be voted on, each with its derived counts, oldest first."""
    return (
        lab.contributions.filter(is_statement=True, hidden_at__isnull=True)
        .select_related("organisation", "challenge")
        .annotate(
            agree=Count("votes", filter=Q(votes__value=Choice.AGREE)),
            disagree=Count("votes", filter=Q(votes__value=Choice.DISAGREE)),
            passed=Count("votes", filter=Q(votes__value=Choice.PASS)),
        )
        .order_by("created", "pk")
    )


def next_statement(participant: Participant) -> Contribution | None:
    """Return a statement the participant has not answered, the least answered first."""
    return (
        Contribution.objects.filter(
            lab=participant.lab_id, is_statement=True, hidden_at__isnull=True
        )
        .exclude(votes__participant=participant)
        .annotate(answers=Count("votes"))
        .order_by("answers", "pk")
        .first()
    )


@dataclass(frozen=True)
class PerspectiveCount:
    """How many took part from one perspective; None when too few to be told apart."""

    name: str
    people: int | None


def perspectives(lab: Lab) -> list[PerspectiveCount]:
    """Return who took part, by perspective, never telling apart fewer than five people."""
    counts = dict(
        lab.participants.order_by().values_list("perspective").annotate(people=Count("pk"))
    )
    return [
        PerspectiveCount(str(name), people if people >= SMALLEST_CELL else None)
        for value, name in Perspective.choices
        if (people := counts.get(value, 0))
    ]


def with_run_sheet(labs: QuerySet[Lab]) -> QuerySet[Lab]:
    """Return the labs together with all that their own pages show."""
    return labs.prefetch_related(
        "phases", "leaders", "challenges__owner", Prefetch("receivers"), "receivers__organisation"
    )


def labs_about(challenge_ids: Collection[int], user: AnyUser) -> QuerySet[Lab]:
    """Return the visible labs that take up any of the challenges, newest first."""
    return visible_to(user).filter(challenges__in=challenge_ids).distinct()
