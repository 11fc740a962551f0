"""A document as Word's, with real headings, tables with heading rows, and words for pictures."""

import io
from functools import singledispatch
from typing import Any, BinaryIO

import docx
import typst
from docx.document import Document as Sheet
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph as Line

from hakapa.kernel.tables import writable
from hakapa.labs.chapters import (
    Cell,
    Document,
    Paragraph,
    Part,
    Picture,
    Points,
    Rows,
    Said,
    Subheading,
)

_LOCALES = {"sv": "sv-SE", "en": "en-GB"}
_WIDTH = 16  # centimetres between the margins
_DOTS_PER_INCH = 150
_ON_PAPER = (
    f"#set page(width: {_WIDTH}cm, height: auto, margin: 0pt)\n"
    '#image(bytes(sys.inputs.drawing), format: "svg", width: 100%)'
)


def write(document: Document) -> BinaryIO:
    """Return the document as Word's."""
    sheet = docx.Document()
    sheet.core_properties.title = writable(document.title)
    sheet.core_properties.author = "Hakapå"
    sheet.core_properties.language = _LOCALES[document.language]
    _speak(sheet.styles["Normal"].element.get_or_add_rPr(), document.language)
    sheet.add_heading(writable(document.title), level=0)
    for text in (document.subtitle, *document.facts):
        sheet.add_paragraph(writable(text))
    for chapter in document.chapters:
        sheet.add_heading(writable(chapter.heading), level=1)
        for part in chapter.parts:
            _add(part, sheet)
    file = io.BytesIO()
    sheet.save(file)
    file.seek(0)
    return file


@singledispatch
def _add(part: Part, sheet: Sheet) -> None:  # noqa: ARG001  (the signature of those below)
    raise TypeError(part)


@_add.register
def _subheading(part: Subheading, sheet: Sheet) -> None:
    sheet.add_heading(writable(part.text), level=2)


@_add.register
def _paragraph(part: Paragraph, sheet: Sheet) -> None:
    _say(part.text, sheet.add_paragraph())


@_add.register
def _points(part: Points, sheet: Sheet) -> None:
    for point in part.points:
        _say(point, sheet.add_paragraph(style="List Bullet"))


@_add.register
def _picture(part: Picture, sheet: Sheet) -> None:
    """Add the drawing as a picture with its words as the alternative text."""
    drawn = typst.compile(
        _ON_PAPER.encode(),
        sys_inputs={"drawing": part.drawing},
        format="png",
        ppi=_DOTS_PER_INCH,
    )
    sheet.add_picture(io.BytesIO(drawn), width=Cm(_WIDTH))
    sheet.inline_shapes[-1]._inline.docPr.set("descr", writable(part.words))  # noqa: SLF001


@_add.register
def _rows(part: Rows, sheet: Sheet) -> None:
    table = sheet.add_table(rows=1, cols=len(part.columns), style="Light List Accent 1")
    heading = table.rows[0]
    heading._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
    for cell, name in zip(heading.cells, part.columns, strict=True):
        cell.text = writable(name)
    for row in part.rows:
        for cell, told in zip(table.add_row().cells, row, strict=True):
            _say(told, cell.paragraphs[0])
    sheet.add_paragraph()


def _say(told: Cell, line: Line) -> None:
    """Write the words, marked with their language when somebody wrote them."""
    if isinstance(told, Said):
        run = line.add_run(writable(told.text))
        _speak(run._element.get_or_add_rPr(), told.language)  # noqa: SLF001
    else:
        line.add_run(writable(str(told)))


def _speak(properties: Any, language: str) -> None:
    """Say in which language words are."""
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), _LOCALES[language])
    properties.append(element)
