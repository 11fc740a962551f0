"""What the start page tells: how far things have come, what waits, what is new."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from hakapa.accounts.models import AnyUser
from hakapa.challenges import queries as challenges
from hakapa.challenges.lifecycle import State as ChallengeState
from hakapa.challenges.models import Challenge
from hakapa.commitments import queries as commitments
from hakapa.commitments.lifecycle import WAITING
from hakapa.labs import queries as labs
from hakapa.labs.lifecycle import State as LabState
from hakapa.process import journey


def front_page(user: AnyUser) -> dict[str, Any]:
    """Return what the start page shows to the user."""
    promises = commitments.visible_to(user)
    shared = Challenge.objects.exclude(state=ChallengeState.DRAFT).values_list("pk", flat=True)
    return {
        "stations": journey.line(list(shared), user),
        "record": commitments.record(promises),
        "promises": list(promises.filter(state__in=WAITING).order_by("due", "pk")[:5]),
        "challenges": list(challenges.visible_to(user)[:3]),
        "labs": list(
            labs.visible_to(user)
            .filter(state__in=[LabState.PUBLISHED, LabState.RUNNING])
            .filter(starts_at__gte=timezone.now() - timedelta(days=1))
            .order_by("starts_at")[:3]
        ),
    }
