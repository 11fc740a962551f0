from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from hakapa.accounts.api import OrganisationName
from hakapa.proposals import queries
from hakapa.proposals.models import Proposal

router = Router(tags=["proposals"])


class WeighedOut(Schema):
    """How the room answered the statements that the proposal grew from."""

    agree: int
    disagree: int
    passed: int


class ProposalOut(Schema):
    """A proposal in a list, with the ids of what it grew from."""

    id: int
    title: str
    first_step: str
    state: str
    language: str
    challenge_id: int
    lab_id: int
    organisation: OrganisationName | None = Field(
        description="Who put it forward; null when that is not told."
    )
    created: datetime
    url: str = Field(alias="get_absolute_url")


class ProposalWhole(ProposalOut):
    """A proposal with its words and its lineage; its answers are found by `proposal` there."""

    text: str
    contribution_ids: list[int] = Field(description="The contributions it grew from.")
    merged_into_id: int | None
    merged_ids: list[int] = Field(description="The proposals that were merged into it.")
    weighed: WeighedOut

    @staticmethod
    def resolve_contribution_ids(proposal: Proposal) -> list[int]:
        return [contribution.pk for contribution in proposal.contributions.all()]

    @staticmethod
    def resolve_merged_ids(proposal: Proposal) -> list[int]:
        return [merged.pk for merged in proposal.merged.all()]

    @staticmethod
    def resolve_weighed(proposal: Proposal) -> queries.Weight:
        return queries.weight(queries.weighed(proposal))


class ProposalFilter(Schema):
    """What narrows the list; empty means all that stand."""

    words: str = ""
    state: str = ""
    challenge: int | None = None
    lab: int | None = None


@router.get("", response=list[ProposalOut], operation_id="list_proposals")
@paginate
def list_proposals(
    request: HttpRequest,  # noqa: ARG001  (ninja's signature)
    chosen: Query[ProposalFilter],
) -> QuerySet[Proposal]:
    """List the public proposals, newest first."""
    return queries.chosen(AnonymousUser(), queries.Choice(**chosen.dict()))


@router.get("/{proposal_id}", response=ProposalWhole, operation_id="get_proposal")
def get_proposal(
    request: HttpRequest,  # noqa: ARG001  (ninja's signature)
    proposal_id: int,
) -> Proposal:
    """Return one public proposal."""
    public = queries.with_sources(queries.visible_to(AnonymousUser()))
    return get_object_or_404(public, pk=proposal_id)
