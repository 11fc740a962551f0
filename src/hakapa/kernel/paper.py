"""Pages on paper: PDF files set by Typst from a template of ours and data.

What people wrote reaches the template as data only and is never a part of its source.
"""

import json
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse
from django.utils.http import content_disposition_header


def as_pdf(template: Path, data: dict[str, Any]) -> bytes:
    """Return the PDF that the template makes of the data, which must be fit for JSON.

    The template reads it by `json(bytes(sys.inputs.data))`. It sees no other file than those in
    its own folder, and no fonts but those that come with Typst.
    """
    made = typst.compile(
        template,
        root=template.parent,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1",
    )
    return bytes(made)


def download(template: Path, data: dict[str, Any], *, name: str) -> HttpResponse:
    """Return the PDF as a file of the name."""
    saved_as = content_disposition_header(as_attachment=True, filename=f"{name}.pdf")
    return HttpResponse(
        as_pdf(template, data),
        content_type="application/pdf",
        headers={"Content-Disposition": saved_as or ""},
    )
