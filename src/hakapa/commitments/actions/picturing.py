from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hakapa.accounts.models import User
from hakapa.commitments.models import Commitment, FollowUp, Picture
from hakapa.kernel.pictures import Drawing
from hakapa.process.moving import Because, record

MOST_PICTURES = 6  # of one report


@dataclass(frozen=True)
class Shown:
    """A picture, and what it shows in words."""

    picture: Drawing
    description: str


@transaction.atomic
def add_picture(
    report: FollowUp, shown: Shown, *, by: User, language: str = "", at: datetime | None = None
) -> Picture:
    """Let a report show a picture.

    Raises:
        PermissionDenied: the user neither speaks for the receiver nor was handed the promise.
        ValidationError: the report shows as many as it may, or nothing is said of the picture.

    """
    commitment = _held(report, by=by)
    if report.pictures.count() >= MOST_PICTURES:
        most = _("A report shows at most %(number)d pictures.") % {"number": MOST_PICTURES}
        raise ValidationError({"picture": most})
    picture = put_in(report, shown, language=language)
    because = Because(commitment.receiver, at, {"follow_up": report.pk})
    record(commitment, "add_picture", by=by, because=because)
    return picture


@transaction.atomic
def remove_picture(picture: Picture, *, by: User, at: datetime | None = None) -> None:
    """Take a picture out of its report for good; the journal keeps that it was there.

    Raises:
        PermissionDenied: the user neither speaks for the receiver nor was handed the promise.

    """
    commitment = _held(picture.report, by=by)
    picture.delete()
    because = Because(commitment.receiver, at, {"follow_up": picture.report_id})
    record(commitment, "remove_picture", by=by, because=because)


def put_in(report: FollowUp, shown: Shown, *, language: str = "") -> Picture:
    """Keep the picture with the report that is told, which says who may.

    Raises:
        ValidationError: nothing is said of the picture.

    """
    picture = Picture(
        report=report,
        language=language or report.language,
        description=shown.description,
        **shown.picture._asdict(),
    )
    picture.full_clean()
    picture.save()
    return picture


def _held(report: FollowUp, *, by: User) -> Commitment:
    """Return the report's promise, held until the transaction ends."""
    held = Commitment.objects.select_for_update(of=("self",)).get(pk=report.commitment_id)
    if not by.has_perm("commitments.keep_commitment", held):
        raise PermissionDenied
    return held
