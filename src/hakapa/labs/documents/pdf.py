"""A document as PDF, tagged for screen readers (PDF/UA-1), written by Typst."""

import io
import json
import re
import unicodedata
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import typst

from hakapa.kernel.tables import writable
from hakapa.labs.chapters import Document

_TEMPLATE = Path(__file__).with_name("report.typ")
_STANDARD: Final = "ua-1"
_UNKNOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_NOTHING_TO_SEE = {"Cf", "Mn", "Me"}  # joiners and variants, which only change another sign


def write(document: Document) -> BinaryIO:
    """Return the document as PDF.

    No typeface has every sign. One that is missing here is written out by its name, such as
    [grinning face], for a PDF that everybody can read must not hold an empty box.
    """
    told = json.dumps(_plain(document), ensure_ascii=False)
    try:
        return io.BytesIO(_set(told))
    except typst.TypstError as refusal:
        unknown = _unknown(refusal)
        if not unknown:
            raise
    return io.BytesIO(_set(told.translate({ord(sign): _named(sign) for sign in unknown})))


def _set(told: str) -> bytes:
    return typst.compile(
        _TEMPLATE.read_bytes(), sys_inputs={"document": told}, pdf_standards=_STANDARD
    )


def _unknown(refusal: typst.TypstError) -> set[str]:
    """Return the signs that could not be displayed."""
    found = _UNKNOWN.findall(refusal.diagnostic)
    texts = (_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in found)
    return {sign for text in texts for sign in text if not sign.isascii()}


def _named(sign: str) -> str:
    if unicodedata.category(sign) in _NOTHING_TO_SEE:
        return ""
    return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"


def _plain(thing: Any) -> Any:
    """Return a part as plain data that says which kind of part it is."""
    if is_dataclass(thing) and not isinstance(thing, type):
        fields = {name: _plain(getattr(thing, name)) for name in vars(thing)}
        return {"kind": type(thing).__name__.lower(), **fields}
    if isinstance(thing, list | tuple):
        return [_plain(one) for one in thing]
    return writable(thing) if isinstance(thing, str) else thing
