"""An organisation's statement of a year: what it promised, and what became of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hakapa.accounts.models import AnyUser, Organisation
from hakapa.commitments import queries, standing
from hakapa.commitments.models import Commitment
from hakapa.commitments.queries import FullRecord, Quarter

FIRST_YEAR, LAST_YEAR = 2000, 2100

# Every figure of a record in the order in which it is told.
FIGURES = (
    ("asked", gettext_lazy("Asked")),
    ("promised", gettext_lazy("Promised")),
    ("kept", pgettext_lazy("promises", "Kept")),
    ("on_its_way", gettext_lazy("On its way")),
    ("late", gettext_lazy("Late now")),
    ("not_kept", gettext_lazy("Not kept")),
    ("changed", gettext_lazy("Date changed")),
    ("parked", gettext_lazy("Parked")),
    ("declined", gettext_lazy("Declined")),
    ("unanswered", gettext_lazy("Not answered")),
    ("unclear", gettext_lazy("Mandate unclear")),
    ("days_to_answer", gettext_lazy("Days to answer, median")),
    ("days_to_keep", gettext_lazy("Days to keep, median")),
)


@dataclass(frozen=True)
class Statement:
    """What an organisation promised and settled in a year, as it stands on the day it is read."""

    organisation: Organisation
    year: int
    on: date
    flow: Quarter
    record: FullRecord
    commitments: list[Commitment]


def statement(organisation: Organisation, year: int, user: AnyUser) -> Statement:
    """Return the organisation's statement of the year, of what the user may see."""
    theirs = queries.of_organisation(organisation, user)
    of_year = queries.of_year(theirs, year)
    quarters = [q for q in queries.quarters(theirs) if q.begins.year == year]
    flow = Quarter(
        date(year, 1, 1),
        promised=sum(q.promised for q in quarters),
        kept=sum(q.kept for q in quarters),
        not_kept=sum(q.not_kept for q in quarters),
        changed=sum(q.changed for q in quarters),
    )
    return Statement(
        organisation,
        year,
        timezone.localdate(),
        flow,
        queries.full_record(of_year),
        list(queries.late_first(of_year)),
    )


def as_data(told: Statement, language: str) -> dict[str, Any]:
    """Return the statement as plain words and numbers, as the page on paper reads it."""
    return {
        "language": language,
        "title": _("Promises %(year)d") % {"year": told.year},
        "organisation": told.organisation.name,
        "intro": intro(told),
        "figures": [[name, str(number)] for name, number in flow_of(told)],
        "headings": [_("Proposal"), _("Next step"), _("Report no later than"), _("How it stands")],
        "rows": [
            [
                commitment.proposal.title,
                commitment.next_step or commitment.reason,
                formats.date_format(commitment.due) if commitment.due else "",
                standing.pill(commitment, told.on).text,
            ]
            for commitment in told.commitments
        ],
        "none": _("No promise was made or settled this year."),
        "page": _("page"),
    }


def intro(told: Statement) -> str:
    """Return the sentence that says what the statement counts, and when."""
    return _(
        "What was promised or settled in %(year)d, as it stands on %(day)s. "
        "Counted from the open journal of promises."
    ) % {"year": told.year, "day": formats.date_format(told.on)}


def flow_of(told: Statement) -> list[tuple[str, int | str]]:
    """Return the year's figures with their names; medians only where there is something."""
    figures: list[tuple[str, int | str]] = [
        (_("Promised during the year"), told.flow.promised),
        (_("Kept during the year"), told.flow.kept),
        (_("Not kept during the year"), told.flow.not_kept),
        (_("Dates changed during the year"), told.flow.changed),
        (_("Late now"), told.record.late),
        (_("Mandate unclear"), told.record.unclear),
    ]
    for name, days in (
        (_("Days to answer, median"), told.record.days_to_answer),
        (_("Days to keep, median"), told.record.days_to_keep),
    ):
        if days is not None:
            figures.append((name, floatformat(days, -1)))
    return figures
