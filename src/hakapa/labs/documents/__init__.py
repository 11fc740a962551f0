"""A closed lab as documents and open data, the same content as its report on the site."""

from typing import BinaryIO

from hakapa.labs.documents import pdf, word
from hakapa.labs.documents.report import contents
from hakapa.labs.models import Lab

FORMS = ("pdf", "docx")


def written(lab: Lab, form: str, *, site: str) -> BinaryIO:
    """Return the lab's report as a file of the form, in the language that is spoken now."""
    return {"pdf": pdf.write, "docx": word.write}[form](contents(lab, site=site))
