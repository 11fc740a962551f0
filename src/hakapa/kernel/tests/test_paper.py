from io import BytesIO

import pytest
import typst
from pypdf import PdfReader

from hakapa.kernel import paper

TEMPLATE = """
#let told = json(bytes(sys.inputs.data))
#set document(title: told.title)
#set text(lang: told.language)
#heading(told.title)
#told.words
"""


def test_data_reaches_the_page_as_words(tmp_path):
    template = tmp_path / "page.typ"
    template.write_text(TEMPLATE, encoding="utf-8")
    data = {"title": "Bokslut", "language": "sv", "words": "#panic() på åtta språk"}

    answer = paper.download(template, data, name="löften")

    assert answer["Content-Type"] == "application/pdf"
    assert "filename*=utf-8''l%C3%B6ften.pdf" in answer["Content-Disposition"]
    words = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert "#panic() på åtta språk" in words


def test_signs_that_no_page_can_hold_are_named_or_left_out(tmp_path):
    template = tmp_path / "page.typ"
    template.write_text(TEMPLATE, encoding="utf-8")
    words = "\x01Klart 😀 👩\u200d🚒\ufe0f"

    pdf = paper.as_pdf(template, {"title": "B", "language": "sv", "words": words, "year": 2026})

    told = PdfReader(BytesIO(pdf)).pages[0].extract_text().replace("\n", " ")
    assert "Klart [grinning face] [woman][fire engine]" in told


def test_a_template_that_is_wrong_says_so(tmp_path):
    template = tmp_path / "page.typ"
    template.write_text("#finns-inte", encoding="utf-8")

    with pytest.raises(typst.TypstError, match="unknown variable"):
        paper.as_pdf(template, {})
