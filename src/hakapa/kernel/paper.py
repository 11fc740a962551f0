"""Pages on paper: PDF files set by Typst from a template of ours and data.

What people wrote reaches the template as data only and is never a part of its source. The files
are tagged for screen readers (PDF/UA-1).
"""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any, Final

import typst
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from hakapa.kernel.tables import writable

_STANDARD: Final = "ua-1"
_UNKNOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_NOTHING_TO_SEE = {"Cf", "Mn", "Me"}  # joiners and variants, which only change another sign


def as_pdf(template: Path, data: Any) -> bytes:
    """Return the PDF that the template makes of the data, which must be fit for JSON.

    The template reads it by `json(bytes(sys.inputs.data))`, and no other file. No typeface has
    every sign. One that is missing here is written out by its name, such as [grinning face], for
    a PDF that everybody can read must not hold an empty box. The typefaces are those that come
    with Typst, so that a file is the same wherever it is made.
    """
    told = json.dumps(_fit(data), ensure_ascii=False)
    try:
        return _set(template, told)
    except typst.TypstError as refusal:
        unknown = _unknown(refusal)
        if not unknown:
            raise
    return _set(template, told.translate({ord(sign): _named(sign) for sign in unknown}))


def download(template: Path, data: Any, *, name: str) -> HttpResponse:
    """Return the PDF as a file of the name."""
    saved_as = content_disposition_header(as_attachment=True, filename=f"{name}.pdf")
    return HttpResponse(
        as_pdf(template, data),
        content_type="application/pdf",
        headers={"Content-Disposition": saved_as or ""},
    )


def _fit(data: Any) -> Any:
    """Return the data with words that a page can hold."""
    match data:
        case dict():
            return {name: _fit(part) for name, part in data.items()}
        case list() | tuple():
            return [_fit(part) for part in data]
        case str():
            return writable(data)
        case _:
            return data


def _set(template: Path, told: str) -> bytes:
    return typst.compile(
        template.read_bytes(),
        sys_inputs={"data": told},
        pdf_standards=_STANDARD,
        ignore_system_fonts=True,
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
