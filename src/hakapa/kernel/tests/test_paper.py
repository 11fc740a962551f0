from io import BytesIO

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
