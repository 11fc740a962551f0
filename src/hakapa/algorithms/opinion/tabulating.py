"""The same as the drawing, for those who read rather than look: a table of statements."""

from html import escape

import numpy as np

from hakapa.algorithms.opinion.division import Division
from hakapa.algorithms.opinion.drawing import draw
from hakapa.algorithms.opinion.explaining import explain
from hakapa.algorithms.opinion.opinion_map import OpinionMap
from hakapa.algorithms.opinion.phrases import Language, percent, say
from hakapa.algorithms.opinion.privacy import visible, visible_answers

Rows = list[list[str]]


def table(shown: OpinionMap, language: Language = "sv") -> Rows:
    """Give the first row and one per statement: words, everyone, each group, each sector.

    A cell says "yes · pass · no" in per cent of those who voted. Cells that the privacy floor
    hides say so.
    """
    divisions = [shown.groups] + ([shown.sectors] if shown.sectors else [])
    kept = [(one, np.flatnonzero(visible(shown, one)).tolist()) for one in divisions]
    head = [say(language, "statement"), say(language, "everyone")]
    head += [division.names[at] for division, groups in kept for at in groups]
    parts = [_cells(shown, division, groups, language) for division, groups in kept]
    rows = [head]
    for one in range(shown.room.statements.size):
        text = shown.text(one)
        if shown.room.silent[one]:
            text += f" ({say(language, 'moderated')})"
        few = int(shown.counts[:, one].sum()) < shown.method.floor
        everyone = say(language, "too few") if few else _answers(shown.counts[:, one], language)
        rows.append([text, everyone, *(cell for part in parts for cell in part[one])])
    return rows


def page(shown: OpinionMap, language: Language = "sv") -> str:
    """Give a whole HTML page: drawing, explanation, table."""
    title = escape(say(language, "title"))
    told = "".join(f"<li>{escape(one)}</li>" for one in explain(shown, language))
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{title}</title></head><body>\n<h1>{title}</h1>\n"
        f"{draw(shown, language)}<h2>{escape(say(language, 'how'))}</h2>\n<ul>{told}</ul>\n"
        f"{as_html(table(shown, language), say(language, 'yes, pass, no'))}</body></html>\n"
    )


def as_html(rows: Rows, caption: str) -> str:
    """Write rows as an HTML table; the first row and the first column are headings."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in rows[0])
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>\n"
        for row in rows[1:]
    )
    return (
        f"<table><caption>{escape(caption)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>\n"
    )


def _cells(shown: OpinionMap, division: Division, groups: list[int], language: Language) -> Rows:
    """Give the cells of one division, by statement."""
    answers = visible_answers(shown, division)
    return [
        [
            _answers(division.counts[at, :, one], language)
            if answers[at, one]
            else say(language, "too few")
            for at in groups
        ]
        for one in range(shown.room.statements.size)
    ]


def _answers(counts: np.ndarray[tuple[int], np.dtype[np.int64]], language: Language) -> str:
    """Write three counts as shares: agree, pass, disagree."""
    total = max(int(counts.sum()), 1)
    return " · ".join(percent(int(count) / total, language) for count in counts[::-1])
