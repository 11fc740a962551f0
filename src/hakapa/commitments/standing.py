"""How a promise stands today, in one pill: kept, on its way, late."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils import formats, timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hakapa.commitments.lifecycle import WAITING, State
from hakapa.commitments.models import Commitment


class Standing(TextChoices):
    """What readers look for among promises; late is a matter of the day, not of the state."""

    LATE = "late", _("late")
    ON_ITS_WAY = "on_its_way", _("on its way")
    KEPT = "kept", _("kept")
    PARKED = "parked", _("parked")
    DECLINED = "declined", _("declined")
    NOT_KEPT = "not_kept", _("not kept")
    UNANSWERED = "unanswered", _("not answered")


_BY_STATE = {
    State.ASKED: Standing.UNANSWERED,
    State.TAKEN: Standing.ON_ITS_WAY,
    State.HOPPED_ON: Standing.ON_ITS_WAY,
    State.PARKED: Standing.PARKED,
    State.DECLINED: Standing.DECLINED,
    State.KEPT: Standing.KEPT,
    State.NOT_KEPT: Standing.NOT_KEPT,
}
_TONES = {
    Standing.LATE: "rose",
    Standing.ON_ITS_WAY: "sea",
    Standing.KEPT: "moss",
    Standing.PARKED: "sun",
    Standing.DECLINED: "neutral",
    Standing.NOT_KEPT: "rose",
    Standing.UNANSWERED: "neutral",
}


@dataclass(frozen=True)
class Pill:
    """The word on a promise row and its tone."""

    text: str
    tone: str


def standing(commitment: Commitment, today: date | None = None) -> Standing:
    """Return how the promise stands on the day."""
    if commitment.days_late(today):
        return Standing.LATE
    return _BY_STATE[State(commitment.state)]


def pill(commitment: Commitment, today: date | None = None) -> Pill:
    """Return the pill of the promise: “6 days late”, “kept”."""
    today = today or timezone.localdate()
    stands = standing(commitment, today)
    return Pill(_text(commitment, stands, today), _TONES[stands])


def when(commitment: Commitment, today: date | None = None) -> str:
    """Return the sentence about the promise's date."""
    if commitment.due is None or commitment.state not in WAITING:
        return ""
    day = {"day": formats.date_format(commitment.due)}
    is_late = commitment.days_late(today) > 0
    if commitment.state == State.PARKED:
        again = gettext("was to be taken up again %(day)s"), gettext("taken up again %(day)s")
        return (again[0] if is_late else again[1]) % day
    reports = gettext("was to report %(day)s"), gettext("reports no later than %(day)s")
    return (reports[0] if is_late else reports[1]) % day


def _text(commitment: Commitment, stands: Standing, today: date) -> str:
    if stands == Standing.LATE:
        days = commitment.days_late(today)
        return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}
    if commitment.state == State.HOPPED_ON:
        return gettext("hops on")
    return str(stands.label)
