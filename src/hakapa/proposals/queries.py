from collections.abc import Collection

from django.db.models import Count, Prefetch, Q, QuerySet

from hakapa.accounts.models import AnyUser
from hakapa.labs import queries as labs
from hakapa.labs.models import Choice, Contribution
from hakapa.proposals.lifecycle import State
from hakapa.proposals.models import Proposal

# A merged proposal lives on in the one it was merged into.
STANDING = Q(state__in=[State.OPEN, State.TAKEN, State.PARKED, State.DECLINED])


def visible_to(user: AnyUser) -> QuerySet[Proposal]:
    """Return the proposals of the labs that the user may see."""
    return Proposal.objects.filter(lab__in=labs.visible_to(user)).select_related(
        "challenge__owner", "lab", "organisation", "merged_into"
    )


def with_sources(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Return the proposals together with what they grew from and what was merged into them."""
    shown = Contribution.objects.filter(hidden_at__isnull=True).select_related(
        "organisation", "phase"
    )
    return proposals.prefetch_related(Prefetch("contributions", shown), "merged")


def about(challenge_ids: Collection[int], user: AnyUser) -> QuerySet[Proposal]:
    """Return the standing proposals for any of the challenges."""
    return visible_to(user).filter(STANDING, challenge__in=challenge_ids)


def mergeable_with(proposal: Proposal) -> QuerySet[Proposal]:
    """Return the proposals that this one may be merged into: the lab's other open ones."""
    return proposal.lab.proposals.filter(state=State.OPEN).exclude(pk=proposal.pk)


def support(proposal: Proposal) -> dict[str, int]:
    """Return how the room answered the proposal's statements: agree, disagree, passed."""
    return dict(
        proposal.contributions.filter(hidden_at__isnull=True).aggregate(
            agree=Count("votes", filter=Q(votes__value=Choice.AGREE)),
            disagree=Count("votes", filter=Q(votes__value=Choice.DISAGREE)),
            passed=Count("votes", filter=Q(votes__value=Choice.PASS)),
        )
    )
