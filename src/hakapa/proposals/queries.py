from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Count, Prefetch, Q, QuerySet

from hakapa.accounts.models import AnyUser, Organisation
from hakapa.labs import queries as labs
from hakapa.labs.models import Choice as Vote
from hakapa.labs.models import Contribution, Lab
from hakapa.proposals.lifecycle import State
from hakapa.proposals.models import Proposal

Proposals: TypeAlias = QuerySet[Proposal]

# A merged proposal lives on in the one it was merged into.
STANDING = Q(state__in=[State.OPEN, State.TAKEN, State.PARKED, State.DECLINED])


def visible_to(user: AnyUser) -> Proposals:
    """Return the proposals of the labs that the user may see."""
    return Proposal.objects.filter(lab__in=labs.visible_to(user)).select_related(
        "challenge__owner", "lab", "organisation", "merged_into"
    )


@dataclass(frozen=True)
class Choice:
    """What a reader narrows the list by; empty means all that stand."""

    words: str = ""
    state: str = ""
    challenge: int | None = None
    lab: int | None = None


def chosen(user: AnyUser, choice: Choice) -> Proposals:
    """Return the visible proposals that the choice leaves."""
    proposals = visible_to(user)
    proposals = proposals.filter(Q(state=choice.state) if choice.state else STANDING)
    for word in choice.words.split()[:10]:
        proposals = proposals.filter(
            Q(title__icontains=word) | Q(first_step__icontains=word) | Q(text__icontains=word)
        )
    if choice.challenge:
        proposals = proposals.filter(challenge=choice.challenge)
    if choice.lab:
        proposals = proposals.filter(lab=choice.lab)
    return proposals


def with_sources(proposals: Proposals) -> Proposals:
    """Return the proposals together with what they grew from and what was merged into them."""
    shown = Contribution.objects.filter(hidden_at__isnull=True).select_related(
        "organisation", "phase", "room"
    )
    return proposals.prefetch_related(Prefetch("contributions", shown), "merged")


def about(challenge_ids: Collection[int], user: AnyUser) -> Proposals:
    """Return the standing proposals for any of the challenges."""
    return visible_to(user).filter(STANDING, challenge__in=challenge_ids)


def mergeable_with(proposal: Proposal) -> Proposals:
    """Return the proposals that this one may be merged into: the lab's other open ones."""
    return proposal.lab.proposals.filter(state=State.OPEN).exclude(pk=proposal.pk)


def weighed(proposal: Proposal) -> QuerySet[Contribution]:
    """Return what the proposal grew from, each with how the room answered it."""
    return (
        proposal.contributions.filter(hidden_at__isnull=True)
        .select_related("organisation", "phase", "room")
        .annotate(
            agree=Count("votes", filter=Q(votes__value=Vote.AGREE)),
            disagree=Count("votes", filter=Q(votes__value=Vote.DISAGREE)),
            passed=Count("votes", filter=Q(votes__value=Vote.PASS)),
        )
        .order_by("created", "pk")
    )


@dataclass(frozen=True)
class Weight:
    """How the room answered all that a proposal grew from, added up."""

    agree: int
    disagree: int
    passed: int

    @property
    def answers(self) -> int:
        """All the answers together."""
        return self.agree + self.disagree + self.passed


def weight(sources: Iterable[Any]) -> Weight:
    """Add up how the room answered the weighed sources."""
    answers = [(source.agree, source.disagree, source.passed) for source in sources]
    agree, disagree, passed = zip(*answers, strict=True) if answers else ((), (), ())
    return Weight(sum(agree), sum(disagree), sum(passed))


def proposers(lab: Lab) -> QuerySet[Organisation]:
    """Return who may have put a proposal forward: those who were in the lab by name."""
    named = lab.contributions.filter(hidden_at__isnull=True, organisation__isnull=False)
    return Organisation.objects.filter(
        Q(pk=lab.host_id)
        | Q(pk__in=lab.leaders.values("pk"))
        | Q(pk__in=lab.receivers.values("organisation"))
        | Q(pk__in=named.values("organisation"))
        | Q(pk__in=lab.challenges.values("owner"))
    )
