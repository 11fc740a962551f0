"""The plain tables of the open data; names and columns are English, as in the API."""

from collections.abc import Iterable

from hakapa.kernel.tables import Cell, Table
from hakapa.labs import queries
from hakapa.labs.chapters import Rows, Said, chapters_of
from hakapa.labs.models import Lab, OpinionMap

Row = list[Cell]
_YES = {True: "yes", False: "no"}


def of_lab(lab: Lab) -> list[Table]:
    """Return what the lab itself left behind; an empty cell is one of too few people."""
    return [
        Table("statements", ["statement", "text", "kind", "language", "agree", "pass", "disagree",
                             "after_closing"],
              _statements(lab)),
        Table("contributions", ["contribution", "text", "kind", "language", "phase", "table",
                                "room", "after_closing"],
              _contributions(lab)),
        Table("participants-by-perspective", ["perspective", "people"],
              ([one.name, one.people] for one in queries.perspectives(lab))),
        Table("dots", ["phase", "statement", "dots", "people"], _dots(lab)),
        Table("ratings", ["statement", "criterion", "mean", "did_not_understand", "people"],
              _ratings(lab)),
        Table("perspectives", ["perspective", "statement", "agree", "pass", "disagree"],
              _perspectives(lab)),
    ]  # fmt: skip


def of_later_steps(lab: Lab) -> Iterable[Table]:
    """Yield the tables that later steps put into the lab's report under a name."""
    for chapter in chapters_of(lab):
        for part in chapter.parts:
            if isinstance(part, Rows) and part.file:
                yield Table(part.file, part.columns, [list(map(_plain, row)) for row in part.rows])


def _plain(cell: str | int | Said) -> Cell:
    return cell.text if isinstance(cell, Said) else cell


def _statements(lab: Lab) -> Iterable[Row]:
    for s in queries.published_statements(lab):
        counts: Row = [None] * 3 if s.is_late else [s.agree, s.passed, s.disagree]
        yield [s.pk, s.text, s.kind, s.language, *counts, _YES[s.is_late]]


def _contributions(lab: Lab) -> Iterable[Row]:
    late = set(queries.typed_in_late(lab).values_list("pk", flat=True))
    for c in queries.published_contributions(lab):
        where: Row = [c.phase.key if c.phase else "", c.table, str(c.room or "")]
        yield [c.pk, c.text, c.kind, c.language, *where, _YES[c.pk in late]]


def _dots(lab: Lab) -> Iterable[Row]:
    for phase, counted in queries.published_dots(lab):
        for one in counted:
            yield [phase.key, one.statement.pk, one.dots, one.people]


def _ratings(lab: Lab) -> Iterable[Row]:
    for one in queries.published_ratings(lab):
        told: Row = [None, None, None]
        if one.rated:
            mean = None if one.rated.mean is None else round(one.rated.mean, 2)
            told = [mean, one.rated.confused, one.rated.people]
        yield [one.statement.pk, str(one.criterion), *told]


def _perspectives(lab: Lab) -> Iterable[Row]:
    kept = OpinionMap.objects.filter(lab=lab, people__gt=0).only("shown").first()
    for part in kept.shown.get("sectors", []) if kept else []:
        for statement, (disagree, passed, agree) in part["disagree_pass_agree"].items():
            yield [part["name"], int(statement), agree, passed, disagree]
