"""A document as PDF, tagged for screen readers, set by Typst."""

import io
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, BinaryIO

from hakapa.kernel import paper
from hakapa.labs.chapters import Document

_TEMPLATE = Path(__file__).with_name("report.typ")


def write(document: Document) -> BinaryIO:
    """Return the document as PDF."""
    return io.BytesIO(paper.as_pdf(_TEMPLATE, _plain(document)))


def _plain(thing: Any) -> Any:
    """Return a part as plain data that says which kind of part it is."""
    if is_dataclass(thing) and not isinstance(thing, type):
        fields = {name: _plain(getattr(thing, name)) for name in vars(thing)}
        return {"kind": type(thing).__name__.lower(), **fields}
    if isinstance(thing, list | tuple):
        return [_plain(one) for one in thing]
    return thing
