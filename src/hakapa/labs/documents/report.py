"""What a lab's report holds."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hakapa.labs import queries
from hakapa.labs.chapters import (
    Cell,
    Chapter,
    Document,
    Paragraph,
    Part,
    Points,
    Rows,
    Said,
    Subheading,
    chapter,
    chapters_of,
)
from hakapa.labs.documents.mapped import the_map
from hakapa.labs.models import Lab

_MOST_NOTES = 200  # of each kind; all are in the open data


def contents(lab: Lab, *, site: str) -> Document:
    """Return the report of a closed lab, as everybody may read it."""
    day = formats.date_format(timezone.localtime(lab.starts_at), "DATE_FORMAT")
    page = site.rstrip("/") + reverse("labs:report", args=[lab.pk])
    made = formats.date_format(timezone.localtime(), "DATETIME_FORMAT")
    facts = [
        _("%(day)s, held by %(host)s") % {"day": day, "host": lab.host},
        lab.place,
        _("Written %(when)s from %(page)s") % {"when": made, "page": page},
        _("Licence: CC0 1.0. Use it as you like."),
    ]
    return Document(
        title=_("Report: %(lab)s") % {"lab": lab.title},
        subtitle=lab.purpose,
        language="en" if (get_language() or "sv").startswith("en") else "sv",
        facts=[fact for fact in facts if fact],
        chapters=chapters_of(lab),
        contents=_("Contents"),
    )


@chapter(order=10)
def who_took_part(lab: Lab) -> Chapter:
    """Tell how many took part, from where they see the city, and by which kind of code."""
    size, few = queries.published_size(lab), _("few")
    rows: list[list[Cell]] = [
        [_("took part"), size.people or few],
        [_("Contributions"), size.contributions],
        [_("Answers"), few if size.votes is None else size.votes],
    ]
    rows += [
        [_("of them: %(who)s") % {"who": one.name}, one.people or few]
        for one in queries.perspectives(lab)
    ]
    return Chapter(
        _("Who took part"),
        [
            Rows([_("What"), _("How many")], rows),
            *_how_people_came_in(lab),
            Paragraph(
                _(
                    "Fewer than %(smallest)d people are never told apart; “few” also stands where "
                    "the number could otherwise be worked out."
                )
                % {"smallest": queries.SMALLEST_CELL}
            ),
        ],
    )


def _how_people_came_in(lab: Lab) -> list[Part]:
    told = ["labs/codes_used.html"]
    told += ["labs/seats_moved.html"] if queries.has_moved_seats(lab) else []
    return [Paragraph(render_to_string(name, {"lab": lab}).strip()) for name in told]


@chapter(order=25)
def who_has_not_answered(lab: Lab) -> Chapter | None:
    """Tell why an answer is missing, and why the lab ended before its time."""
    ending = queries.ending(lab)
    if ending is None or not (ending.why or ending.missing):
        return None
    why: list[Part] = [Paragraph(_("Closed before the last phase: %(why)s") % {"why": ending.why})]
    rows: list[list[Cell]] = [[str(one.receiver), one.why] for one in ending.missing]
    parts: list[Part] = [Rows([_("Receiver"), _("Reason")], rows, file="missing-answers")]
    return Chapter(
        _("Has not answered") if rows else _("How the lab ended"),
        [*(why if ending.why else []), *(parts if rows else [])],
    )


@chapter(order=40)
def opinion_map(lab: Lab) -> Chapter | None:
    """Show the opinion map with what it says in words."""
    return the_map(lab)


@chapter(order=50)
def what_the_room_thinks(lab: Lab) -> Chapter:
    """Tell how the room answered each statement."""
    columns = [_("Statement"), _("Agree"), _("Disagree"), _("Pass")]
    statements = list(queries.published_statements(lab))
    rows = [
        [Said(s.text, s.language), *_counts([s.agree, s.disagree, s.passed])]
        for s in statements
        if not s.is_late
    ]
    nothing: list[Part] = [Paragraph(_("No statements were put to the room."))]
    late = [Said(s.text, s.language) for s in statements if s.is_late]
    came_later: list[Part] = [
        Subheading(_("Typed in from paper cards after the lab was closed")),
        Paragraph(_("Nobody could answer these.")),
        Points(late),
    ]
    parts = [Rows(columns, rows)] if rows else nothing
    return Chapter(_("What the room thinks"), [*parts, *(came_later if late else [])])


def _counts(counts: list[int | None]) -> list[Cell]:
    return [_("few") if one is None else one for one in counts]


@chapter(order=60)
def dots_and_ratings(lab: Lab) -> Chapter | None:
    """Tell where dots were placed and how statements were rated."""
    parts: list[Part] = []
    for phase, counted in queries.published_dots(lab):
        rows = [
            [Said(one.statement.text, one.statement.language), *_counts([one.dots, one.people])]
            for one in counted
        ]
        parts += [
            Subheading(str(phase.name)),
            Rows([_("Statement"), _("Dots"), _("From people")], rows),
        ]
    if ratings := queries.published_ratings(lab):
        columns = [
            _("Statement"), _("Rated by"), _("Mean"), _("Did not understand"), _("People"),
        ]  # fmt: skip
        parts += [
            Subheading(_("Ratings, 1 to 5")),
            Rows(columns, [_rating(one) for one in ratings]),
        ]
    return Chapter(_("Dots and ratings"), parts) if parts else None


def _rating(one: queries.PublishedRating) -> list[Cell]:
    words: list[Cell] = [Said(one.statement.text, one.statement.language), str(one.criterion.label)]
    if one.rated is None:
        return [*words, *_counts([None, None, None])]
    mean = "–" if one.rated.mean is None else formats.number_format(one.rated.mean, 1)
    return [*words, mean, one.rated.confused, one.rated.people]


@chapter(order=90)
def what_was_written(lab: Lab) -> Chapter:
    """Give what was written, kind by kind."""
    parts: list[Part] = []
    for kind in queries.by_kind(lab, most=_MOST_NOTES):
        parts += [
            Subheading(f"{kind.name[:1].upper()}{kind.name[1:]}: {kind.number}"),
            Points([Said(note.text, note.language) for note in kind.first]),
        ]
        if kind.is_cut:
            parts.append(Paragraph(_("The rest is in the open data.")))
    return Chapter(_("What was written"), parts or [Paragraph(_("Nothing was written."))])
