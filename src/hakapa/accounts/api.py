from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from hakapa.accounts import queries
from hakapa.accounts.models import Organisation

router = Router(tags=["organisations"])


class OrganisationName(Schema):
    """Which organisation."""

    id: int
    name: str
    kind: str
    code: str


class PopulationOut(Schema):
    """How many people live there on a day, and who says so."""

    value: int
    as_of: date
    source: str


class OrganisationOut(OrganisationName):
    """An organisation on the site."""

    county: str
    inhabitants: int | None
    url: str = Field(alias="get_absolute_url")


class OrganisationWhole(OrganisationOut):
    """An organisation with its population over time."""

    populations: list[PopulationOut]


@router.get("", response=list[OrganisationOut], operation_id="list_organisations")
@paginate
def list_organisations(
    request: HttpRequest,  # noqa: ARG001  (ninja's signature)
) -> QuerySet[Organisation]:
    """List the organisations in Swedish order."""
    return queries.visible_to(AnonymousUser())


@router.get("/{organisation_id}", response=OrganisationWhole, operation_id="get_organisation")
def get_organisation(
    request: HttpRequest,  # noqa: ARG001  (ninja's signature)
    organisation_id: int,
) -> Organisation:
    """Return one organisation."""
    return get_object_or_404(
        queries.visible_to(AnonymousUser()).prefetch_related("populations"), pk=organisation_id
    )
