from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.db.models import Case, Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from hakapa.accounts.models import AnyUser, Organisation
from hakapa.accounts.queries import works_for
from hakapa.challenges.models import Challenge
from hakapa.commitments.lifecycle import PROMISED, WAITING, State
from hakapa.commitments.models import Commitment, FollowUp, Picture
from hakapa.commitments.standing import Standing
from hakapa.labs import queries as labs
from hakapa.labs.lifecycle import State as LabState
from hakapa.labs.models import Lab
from hakapa.proposals.lifecycle import State as ProposalState

Commitments: TypeAlias = QuerySet[Commitment]

_GONE = [ProposalState.MERGED, ProposalState.WITHDRAWN]


def visible_to(user: AnyUser) -> Commitments:
    """Return the answers the user may see.

    An answer is public. A question still unanswered is shown to the receiver's people and to
    those who lead the lab; to everybody once the lab is closed, for then silence is an answer.
    A question about a proposal that was merged or withdrawn is shown to nobody.
    """
    told = Q(proposal__lab__state=LabState.CLOSED)
    if mine := works_for(user):
        led = Lab.objects.filter(Q(host__in=mine) | Q(leaders__in=mine)).values("pk")
        told |= Q(receiver__in=mine) | Q(proposal__lab__in=led)
    answered_or_told = ~Q(state=State.ASKED) | (~Q(proposal__state__in=_GONE) & told)
    seen = Commitment.objects.filter(answered_or_told, proposal__lab__in=labs.visible_to(user))
    return seen.select_related("proposal__challenge__owner", "proposal__lab", "receiver")


def standing_is(standing: str, today: date | None = None) -> Q:
    """Return the condition that a promise stands so on the day; see `standing.Standing`."""
    today = today or timezone.localdate()
    late = Q(state__in=WAITING, due__lt=today)
    states = {
        Standing.ON_ITS_WAY: PROMISED,
        Standing.KEPT: [State.KEPT],
        Standing.PARKED: [State.PARKED],
        Standing.DECLINED: [State.DECLINED],
        Standing.NOT_KEPT: [State.NOT_KEPT],
        Standing.UNANSWERED: [State.ASKED],
    }
    if standing == Standing.LATE:
        return late
    return Q(state__in=states[Standing(standing)]) & ~late


@dataclass(frozen=True)
class Choice:
    """What a reader narrows the promises by; empty means all that were answered."""

    standing: str = ""
    receiver: int | None = None
    challenge: int | None = None
    lab: int | None = None
    proposal: int | None = None


def chosen(user: AnyUser, choice: Choice) -> Commitments:
    """Return the visible promises that the choice leaves: late first, then by date."""
    commitments = narrowed(visible_to(user), choice)
    if choice.standing:
        commitments = commitments.filter(standing_is(choice.standing))
    else:
        commitments = commitments.exclude(state=State.ASKED)
    return late_first(commitments)


def narrowed(commitments: Commitments, choice: Choice) -> Commitments:
    """Return the commitments to whom, about what and where the choice says, in any standing."""
    if choice.receiver:
        commitments = commitments.filter(receiver=choice.receiver)
    if choice.challenge:
        commitments = commitments.filter(proposal__challenge=choice.challenge)
    if choice.lab:
        commitments = commitments.filter(proposal__lab=choice.lab)
    if choice.proposal:
        commitments = commitments.filter(proposal=choice.proposal)
    return commitments


def late_first(commitments: Commitments) -> Commitments:
    """Return the commitments as they are read: what waits by date, then what is settled.

    Each knows how many reports it has.
    """
    settled_last = Case(When(state__in=WAITING, then=0), default=1)
    return _counted(commitments).order_by(settled_last, F("due").asc(nulls_last=True), "pk")


def about(challenge_ids: Collection[int], user: AnyUser) -> Commitments:
    """Return the visible answers to proposals for any of the challenges."""
    return visible_to(user).filter(proposal__challenge__in=challenge_ids)


def with_reports(commitments: Commitments) -> Commitments:
    """Return the commitments together with their follow-up reports, newest first."""
    pictures = Prefetch("follow_ups__pictures", Picture.objects.defer("jpeg"))
    return _counted(commitments).prefetch_related("follow_ups__measurement__goal", pictures)


def _counted(commitments: Commitments) -> Commitments:
    """Count the reports of each, aside from what the commitments are chosen by."""
    reports = (
        FollowUp.objects.filter(commitment=OuterRef("pk"))
        .order_by()
        .values("commitment")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return commitments.annotate(reports=Coalesce(Subquery(reports), 0))


def receivers_seen_by(user: AnyUser) -> QuerySet[Organisation]:
    """Return the organisations that have answered something the user may see."""
    return Organisation.objects.filter(pk__in=answered(user).values("receiver"))


def challenges_seen_by(user: AnyUser) -> QuerySet[Challenge]:
    """Return the challenges about which something was answered that the user may see."""
    return Challenge.objects.filter(pk__in=answered(user).values("proposal__challenge"))


def labs_seen_by(user: AnyUser) -> QuerySet[Lab]:
    """Return the labs whose proposals were answered as far as the user may see."""
    return Lab.objects.filter(pk__in=answered(user).values("proposal__lab"))


def answered(user: AnyUser) -> Commitments:
    """Return what has been answered, as far as the user may see."""
    return visible_to(user).exclude(state=State.ASKED).order_by()


def promised_for(user: AnyUser) -> Commitments:
    """Return what the user's organisations have promised or parked, by date: late first."""
    mine = visible_to(user).filter(state__in=WAITING, receiver__in=works_for(user))
    return late_first(mine)


def waiting_for(user: AnyUser) -> Commitments:
    """Return what the user's organisations have been asked and not yet answered."""
    return visible_to(user).filter(state=State.ASKED, receiver__in=works_for(user))


def of_organisation(organisation: Organisation, user: AnyUser) -> Commitments:
    """Return the organisation's visible answers and open questions."""
    return visible_to(user).filter(receiver=organisation)
