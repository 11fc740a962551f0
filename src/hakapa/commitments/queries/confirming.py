from collections import Counter
from dataclasses import dataclass

from django.db import models
from django.db.models import QuerySet

from hakapa.accounts.models import AnyUser, User
from hakapa.commitments.models import Commitment, FollowUp, Happened, Picture, Verification
from hakapa.commitments.queries.finding import visible_to
from hakapa.labs.models import Participant

# Under so many answers nobody could say anything without being recognised.
FEWEST_ANSWERS = 5


@dataclass(frozen=True)
class Count:
    """How many gave an answer."""

    answer: Happened
    number: int


@dataclass(frozen=True)
class Verdict:
    """What those who took part say; counts and lines only when enough have answered."""

    asked: int
    answered: int
    counts: list[Count]
    lines: list[Verification]

    @property
    def is_shown(self) -> bool:
        return self.answered >= FEWEST_ANSWERS


def verdict(commitment: Commitment) -> Verdict | None:
    """Return what those who were asked have said; None when nobody was asked.

    Lines stand in an order of their own, so that none can be matched with who answered when.
    """
    asked = list(commitment.verifications.all())
    if not asked:
        return None
    answers = [one for one in asked if one.answer]
    if len(answers) < FEWEST_ANSWERS:
        return Verdict(len(asked), len(answers), [], [])
    numbers = Counter(one.answer for one in answers)
    counts = [Count(answer, numbers[answer]) for answer in Happened]
    lines = sorted((one for one in answers if one.line), key=lambda one: one.line)
    return Verdict(len(asked), len(answers), counts, lines)


def asked_of(user: User) -> QuerySet[Verification]:
    """Return what the user is asked to confirm and has not answered, the oldest first."""
    asked = Verification.objects.filter(account=user, answer="")
    return asked.select_related("commitment__proposal", "commitment__receiver")


def claimed_seats(commitment: Commitment) -> list[Participant]:
    """Return one seat of the lab for each account that says it sat there.

    Whoever works for the receiver is left out: nobody confirms their own promise.
    """
    colleagues = commitment.receiver.memberships.values("user")
    seats = (
        Participant.objects.filter(lab=commitment.proposal.lab_id, account__isnull=False)
        .exclude(account__in=colleagues)
        .order_by("account", "pk")
        .distinct("account")
    )
    return list(seats)


def lines_visible_to(user: AnyUser) -> QuerySet[Verification]:
    """Return the lines that stand in the open: where enough have answered to show any."""
    enough = (
        Verification.objects.filter(commitment__in=visible_to(user).order_by().values("pk"))
        .exclude(answer="")
        .order_by()
        .values("commitment")
        .annotate(answers=models.Count("pk"))
        .filter(answers__gte=FEWEST_ANSWERS)
        .values("commitment")
    )
    lines = Verification.objects.filter(commitment__in=enough).exclude(line="")
    return lines.select_related("commitment")


def reports_visible_to(user: AnyUser) -> QuerySet[FollowUp]:
    """Return the reports on promises that the user may see."""
    seen = visible_to(user).order_by().values("pk")
    return FollowUp.objects.filter(commitment__in=seen).select_related("commitment")


def pictures_visible_to(user: AnyUser) -> QuerySet[Picture]:
    """Return the pictures of the reports that the user may see and that are not hidden."""
    reports = reports_visible_to(user).filter(hidden_why="")
    return Picture.objects.filter(report__in=reports.order_by().values("pk"))
