from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from hakapa.accounts.api import OrganisationName
from hakapa.challenges import queries
from hakapa.challenges.models import Challenge

router = Router(tags=["challenges"])


class MeasurementOut(Schema):
    """The measure of an effect goal, read on a day."""

    measured_on: date
    value: Decimal
    note: str


class GoalOut(Schema):
    """What should become different, and how it is counted."""

    measure: str
    unit: str
    baseline: Decimal
    baseline_on: date
    target: Decimal
    target_on: date
    measurements: list[MeasurementOut]


class ChallengeOut(Schema):
    """A challenge in a list."""

    id: int
    title: str
    state: str
    language: str
    owner: OrganisationName
    themes: list[str]
    barriers: list[str]
    sharing: int = Field(description="How many other organisations have the challenge too.")
    created: datetime
    url: str = Field(alias="get_absolute_url")


class ChallengeWhole(ChallengeOut):
    """A challenge with its words, its goal and who shares it."""

    today: str
    wish: str
    affected: str
    tried: str
    owner_role: str
    cost_of_nothing: int | None = Field(description="Öre per year; null when not estimated.")
    units: list[str]
    goal: GoalOut | None
    shared_by: list[OrganisationName]

    @staticmethod
    def resolve_units(challenge: Challenge) -> list[str]:
        return [unit.name for unit in challenge.units.all()]

    @staticmethod
    def resolve_goal(challenge: Challenge) -> object:
        return getattr(challenge, "goal", None)

    @staticmethod
    def resolve_shared_by(challenge: Challenge) -> list[object]:
        return [shared.organisation for shared in challenge.shared_needs.all()]


class ChallengeFilter(Schema):
    """What narrows the list; empty means all."""

    words: str = ""
    theme: str = ""
    barrier: str = ""
    state: str = ""
    owner: int | None = None


@router.get("", response=list[ChallengeOut], operation_id="list_challenges")
@paginate
def list_challenges(
    request: HttpRequest,  # noqa: ARG001  (ninja's signature)
    chosen: Query[ChallengeFilter],
) -> QuerySet[Challenge]:
    """List the public challenges, newest first."""
    return queries.chosen(AnonymousUser(), queries.Choice(**chosen.dict()))


@router.get("/{challenge_id}", response=ChallengeWhole, operation_id="get_challenge")
def get_challenge(
    request: HttpRequest,  # noqa: ARG001  (ninja's signature)
    challenge_id: int,
) -> Challenge:
    """Return one public challenge."""
    public = queries.with_all(queries.visible_to(AnonymousUser()))
    return get_object_or_404(public, pk=challenge_id)
