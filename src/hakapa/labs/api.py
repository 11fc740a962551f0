from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from hakapa.accounts.api import OrganisationName
from hakapa.labs import queries
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Contribution, Lab

router = Router(tags=["labs"])


class LabOut(Schema):
    """A lab in a list."""

    id: int
    title: str
    state: str
    language: str
    template: str = Field(description="The key of the template; empty for an imported lab.")
    host: OrganisationName
    starts_at: datetime
    place: str
    url: str = Field(alias="get_absolute_url")


class PhaseOut(Schema):
    """A step of the run sheet."""

    position: int
    key: str
    name_sv: str
    name_en: str
    minutes: int
    mode: str
    captures: list[str]


class ReceiverOut(Schema):
    """An organisation invited to answer what the lab proposes."""

    organisation: OrganisationName
    role: str


class SizeOut(Schema):
    """How much the room left behind."""

    participants: int | None = Field(alias="people", description="Null when fewer than five.")
    contributions: int
    statements: int
    votes: int | None = Field(description="Null when fewer than five answered each statement.")


class LabWhole(LabOut):
    """A lab with its run sheet, its receivers and how much the room left behind."""

    purpose: str
    challenges: list[int] = Field(description="The ids of the challenges that it takes up.")
    leaders: list[OrganisationName]
    receivers: list[ReceiverOut]
    phases: list[PhaseOut]
    report_back_on: date | None
    size: SizeOut

    @staticmethod
    def resolve_challenges(lab: Lab) -> list[int]:
        return list(queries.challenges_of([lab], AnonymousUser()).values_list("pk", flat=True))

    @staticmethod
    def resolve_size(lab: Lab) -> queries.PublishedSize:
        return queries.published_size(lab)


class StatementOut(Schema):
    """What the room could answer, and how it did."""

    id: int
    kind: str
    text: str
    language: str
    challenge_id: int | None
    agree: int | None = Field(description="Null, as the next two, when fewer than five answered.")
    disagree: int | None
    passed: int | None
    after_closing: bool = Field(
        alias="is_late",
        description="Typed in from a paper card when nobody could answer any more.",
    )


class LabFilter(Schema):
    """What narrows the list; empty means all."""

    words: str = ""
    state: str = ""
    host: int | None = None


@router.get("", response=list[LabOut], operation_id="list_labs")
@paginate
def list_labs(
    request: HttpRequest,  # noqa: ARG001  (ninja's signature)
    chosen: Query[LabFilter],
) -> QuerySet[Lab]:
    """List the public labs, newest first."""
    return queries.chosen(AnonymousUser(), queries.Narrowing(**chosen.dict()))


@router.get("/{lab_id}", response=LabWhole, operation_id="get_lab")
def get_lab(
    request: HttpRequest,  # noqa: ARG001  (ninja's signature)
    lab_id: int,
) -> Lab:
    """Return one public lab."""
    public = queries.with_run_sheet(queries.visible_to(AnonymousUser()))
    return get_object_or_404(public, pk=lab_id)


@router.get("/{lab_id}/statements", response=list[StatementOut], operation_id="list_statements")
@paginate
def list_statements(
    request: HttpRequest,  # noqa: ARG001  (ninja's signature)
    lab_id: int,
) -> QuerySet[Contribution]:
    """List how the room answered, oldest first; only once the lab is closed."""
    closed = queries.visible_to(AnonymousUser()).filter(state=State.CLOSED)
    lab = get_object_or_404(closed, pk=lab_id)
    return queries.published_statements(lab)


class ContributionOut(Schema):
    """What somebody wrote in a lab that is over; the ids are those that proposals name."""

    id: int
    kind: str
    text: str
    language: str
    phase: str = Field(description="The key of the phase; empty when it was in none.")
    table: int | None
    room: str = Field(description="Empty when the lab had one room, or none was told.")
    challenge: int | None = Field(alias="challenge_id")
    organisation: OrganisationName | None = Field(description="Only when the author chose it.")
    barriers: list[str]

    @staticmethod
    def resolve_room(contribution: Contribution) -> str:
        return str(contribution.room or "")

    @staticmethod
    def resolve_phase(contribution: Contribution) -> str:
        return contribution.phase.key if contribution.phase else ""


@router.get(
    "/{lab_id}/contributions", response=list[ContributionOut], operation_id="list_contributions"
)
@paginate
def list_contributions(
    request: HttpRequest,  # noqa: ARG001  (ninja's signature)
    lab_id: int,
) -> QuerySet[Contribution]:
    """List what was written in one lab, when it is over."""
    return queries.reported_to(AnonymousUser()).filter(lab=lab_id).order_by("created", "pk")
