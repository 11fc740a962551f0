from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from hakapa.accounts.api import OrganisationName
from hakapa.commitments import queries
from hakapa.commitments.models import Commitment, FollowUp, Picture
from hakapa.commitments.standing import Standing, standing

router = Router(tags=["commitments"])


class ProposalName(Schema):
    """Which proposal was answered, and where it comes from."""

    id: int
    title: str
    challenge_id: int
    lab_id: int


class CommitmentOut(Schema):
    """A receiver's answer, as it stands today."""

    id: int
    proposal: ProposalName
    receiver: OrganisationName
    role: str
    state: str
    standing: Standing
    language: str
    next_step: str
    mandate: str = Field(description="`known` or `unclear`; empty when it is not told.")
    due: date | None
    days_late: int
    reason: str
    answered_on: date | None
    reports: int = Field(description="How many follow-up reports there are.")
    url: str = Field(alias="get_absolute_url")

    @staticmethod
    def resolve_standing(commitment: Commitment) -> Standing:
        return standing(commitment)

    @staticmethod
    def resolve_days_late(commitment: Commitment) -> int:
        return commitment.days_late()


class PictureOut(Schema):
    """A picture in a report."""

    url: str = Field(alias="get_absolute_url")
    description: str
    width: int = Field(description="Pixels.")
    height: int = Field(description="Pixels.")


class FollowUpOut(Schema):
    """A report on how the promise went."""

    outcome: str
    happened: str = Field(description="Empty when the report has been hidden; see `hidden_why`.")
    learned: str
    barrier: str = Field(description="What stood in the way of what was not done.")
    effect: float | None = Field(description="The challenge's measure on that day, if it was read.")
    hidden_why: str
    right_thing: str
    right_way: str
    due_before: date
    due_after: date | None
    reported_on: date
    pictures: list[PictureOut]

    @staticmethod
    def resolve_pictures(report: FollowUp) -> list[Picture]:
        return [] if report.hidden_why else list(report.pictures.all())

    @staticmethod
    def resolve_happened(report: FollowUp) -> str:
        return "" if report.hidden_why else report.happened

    @staticmethod
    def resolve_learned(report: FollowUp) -> str:
        return "" if report.hidden_why else report.learned

    @staticmethod
    def resolve_effect(report: FollowUp) -> float | None:
        return float(report.measurement.value) if report.measurement else None


class CommitmentWhole(CommitmentOut):
    """An answer with its follow-up reports, newest first."""

    follow_ups: list[FollowUpOut]


class CommitmentFilter(Schema):
    """What narrows the list; empty means all that were answered."""

    standing: Standing | None = None
    receiver: int | None = None
    challenge: int | None = None
    lab: int | None = None
    proposal: int | None = None

    def as_choice(self) -> queries.Choice:
        return queries.Choice(**{**self.dict(), "standing": self.standing or ""})


class RecordOut(Schema):
    """What was asked and promised, and what became of it, counted today."""

    asked: int
    promised: int
    kept: int
    on_its_way: int
    late: int
    parked: int
    declined: int
    not_kept: int
    unanswered: int
    changed: int = Field(description="Promises whose date has been moved.")
    unclear: int = Field(description="Standing promises with an unclear mandate.")
    days_to_answer: float | None = Field(description="Median; none when nothing was answered.")
    days_to_keep: float | None = Field(description="Median; none when nothing was kept.")


class Whose(Schema):
    """Whose record; empty means everybody's."""

    receiver: int | None = None
    lab: int | None = None


@router.get("", response=list[CommitmentOut], operation_id="list_commitments")
@paginate
def list_commitments(
    request: HttpRequest,  # noqa: ARG001  (ninja's signature)
    chosen: Query[CommitmentFilter],
) -> QuerySet[Commitment]:
    """List the public answers: what waits by date, late first, then what is settled."""
    return queries.chosen(AnonymousUser(), chosen.as_choice())


@router.get("/record", response=RecordOut, operation_id="get_record")
def get_record(
    request: HttpRequest,  # noqa: ARG001  (ninja's signature)
    whose: Query[Whose],
) -> queries.FullRecord:
    """Return the record of a receiver, of a lab, or of everybody."""
    choice = queries.Choice(receiver=whose.receiver, lab=whose.lab)
    return queries.full_record(queries.narrowed(queries.visible_to(AnonymousUser()), choice))


@router.get("/{commitment_id}", response=CommitmentWhole, operation_id="get_commitment")
def get_commitment(
    request: HttpRequest,  # noqa: ARG001  (ninja's signature)
    commitment_id: int,
) -> Commitment:
    """Return one public answer with its reports."""
    public = queries.with_reports(queries.visible_to(AnonymousUser()))
    return get_object_or_404(public, pk=commitment_id)
