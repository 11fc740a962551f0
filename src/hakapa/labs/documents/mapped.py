"""The opinion map as a chapter."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hakapa.labs import queries
from hakapa.labs.chapters import Cell, Chapter, Paragraph, Part, Picture, Points, Rows, Subheading
from hakapa.labs.models import Lab


def the_map(lab: Lab) -> Chapter | None:
    """Return the chapter of the lab's map; None when there is no map."""
    shown = queries.shown_map(lab, AnonymousUser())
    if shown is None:
        return None
    words = ngettext(
        "Opinion map with %(count)d group. What it shows is told below.",
        "Opinion map with %(count)d groups. What it shows is told below.",
        len(shown.groups),
    ) % {"count": len(shown.groups)}
    drawn = formats.date_format(timezone.localtime(shown.computed_at), "DATETIME_FORMAT")
    parts: list[Part] = [
        Picture(shown.drawing, words),
        Paragraph(
            _("Drawn %(when)s from %(votes)s answers; %(people)s people are on it.")
            % {"when": drawn, "votes": _number(shown.votes), "people": _number(shown.people)}
        ),
        Points(shown.sentences),
        *_compared(_("Where the groups meet"), shown.unites),
        *_compared(_("Where the groups part"), shown.divides),
        Paragraph(
            _(
                "The open data hold the answers and every parameter of the method, so that anybody "
                "can compute the same map again."
            )
        ),
    ]
    return Chapter(_("The opinion map"), parts)


def _number(count: int) -> str:
    return formats.number_format(count, use_l10n=True, force_grouping=True)


def _compared(heading: str, compared: list[queries.Compared]) -> Iterable[Part]:
    """Yield each statement's answers by group and by perspective."""
    if not compared:
        return
    yield Subheading(heading)
    for one in compared:
        named = [(_("Group %(name)s") % {"name": bar.name}, bar) for bar in one.groups]
        named += [(bar.name, bar) for bar in one.perspectives]
        rows: list[list[Cell]] = [
            [name, bar.agree, bar.disagree, bar.passed] for name, bar in named
        ]
        yield Rows([one.statement.text, _("Agree"), _("Disagree"), _("Pass")], rows)
