"""The report as PDF and Word, read back in both languages."""

import io

import docx
import pypdf
import pytest
import typst
from django.utils.translation import override

from hakapa.kernel.tests.pages import address
from hakapa.labs import actions, cards
from hakapa.labs.chapters import Chapter, Document, Paragraph, Points, Rows, Said
from hakapa.labs.documents import pdf, word, written
from hakapa.labs.models import Dots, Kind, Lab, Rating
from hakapa.labs.tests.factories import ContributionFactory, ParticipantFactory
from hakapa.labs.tests.rooms import fill, over

pytestmark = pytest.mark.django_db
HOSTILE = (
    "#let x = 1; *fet* _kursiv_ $x^2$ `kod` <etikett> @ref \\ // inte /* bort */ [a] {b} ~ -- =",
    '#image("/etc/passwd") #read("report.typ") #eval("1+1")',
    "=SUM(A1) +1 -1 @x",
    "שלום עולם",
    "Ärlig åsikt: över ön",
    "</w:t> & <b>fet</b>",
)


def pages(file):
    return pypdf.PdfReader(io.BytesIO(file.read()))


def words(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def whole(**changes):
    """A document that holds whatever is given."""
    chapter = Chapter("Allt", changes.pop("parts", [Paragraph("Inget")]))
    told = {"title": "Rubrik", "subtitle": "", "language": "sv", "facts": [], "contents": "Allt"}
    return Document(**{**told, **changes}, chapters=[chapter])


@pytest.fixture
def told(running, leader):
    """A closed lab with a map, dots and ratings."""
    statements = fill(running, people=40)
    phase = running.phases.get(key="vote")
    phase.ballot = "dots"
    phase.save()
    for at, seat in enumerate(running.participants.all()):
        Dots.objects.create(participant=seat, statement=statements[0], phase=phase, number=2)
        if at < 3:
            Dots.objects.create(participant=seat, statement=statements[1], phase=phase, number=1)
        Rating.objects.create(
            participant=seat, statement=statements[2], criterion="benefit", value=at % 6
        )
    Rating.objects.create(participant=seat, statement=statements[3], criterion="ease", value=0)
    return over(running, leader)


def told_words(form, file):
    if form == "pdf":
        return words(pages(file))
    sheet = docx.Document(file)
    cells = [cell.text for table in sheet.tables for row in table.rows for cell in row.cells]
    return " ".join([*(line.text for line in sheet.paragraphs), *cells])


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("sv", ("Rapport: Halkan och plånboken", "Vilka som deltog", "40", "varav kommun",
                "öppna kod", "Åsiktskartan", "Här möts grupperna", "Prickar och bedömningar",
                "få", "2,9", "Vad som skrevs", "CC0 1.0", "Dela först, be om ursäkt sen")),
        ("en", ("Report: Halkan och plånboken", "Who took part", "of them: municipality",
                "open code", "The opinion map", "Where the groups part", "Dots and ratings",
                "few", "2.9", "What was written", "CC0 1.0", "Öppna data för alla")),
    ],
)  # fmt: skip
def test_the_report_holds_what_the_room_said(told, form, language, expected):
    with override(language):
        text = told_words(form, written(told, form, site="https://hakapa.example/"))

    for one in expected:
        assert one in text, one
    assert f"https://hakapa.example/{'en/' if language == 'en' else ''}labb/" in text


def test_the_pdf_is_made_for_everybody(told):
    with override("en"):
        reader = pages(written(told, "pdf", site="https://hakapa.example"))

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode().replace(" ", "")
    assert reader.metadata.title == "Report: Halkan och plånboken"
    chapters = [one.title for one in reader.outline if not isinstance(one, list)]
    assert {"Who took part", "Has not answered", "The opinion map"} <= set(chapters)


def test_the_word_document_has_headings_tables_and_words_for_the_picture(told):
    with override("sv"):
        sheet = docx.Document(written(told, "docx", site="https://hakapa.example"))

    styles = {line.style.name for line in sheet.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "List Bullet"} <= styles
    assert len(sheet.inline_shapes) == 1
    assert "Åsiktskarta" in sheet.inline_shapes[0]._inline.docPr.get("descr")
    assert all(table._tbl.xpath("w:tr[1]//w:tblHeader") for table in sheet.tables)
    assert sheet.core_properties.language == "sv-SE"


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_what_people_wrote_is_text_and_nothing_else(running, leader, text, form):
    ContributionFactory.create(lab=running, text=text)
    Lab.objects.filter(pk=running.pk).update(title=text[:140], purpose=text, place=text[:200])
    closed = actions.close(Lab.objects.get(pk=running.pk), by=leader, why="Tiden är slut")

    found = told_words(form, written(closed, form, site="https://hakapa.example"))
    expected = text[::-1] if "ש" in text and form == "pdf" else text
    squeezed = "".join(found.split())
    assert "".join(text.split()) in squeezed or "".join(expected.split()) in squeezed


def test_a_word_without_end_stays_on_the_page():
    document = whole(parts=[Points(["x" * 1000]), Rows(["a", "b"], [["y" * 1000, 1]])])
    (page,) = pages(pdf.write(document)).pages

    lines = page.extract_text().splitlines()
    assert "x" * 1000 in "".join("".join(lines).split())
    assert max(line.count("x") + line.count("y") for line in lines) < 120
    assert "y" * 1000 in docx.Document(word.write(document)).tables[0].cell(1, 0).text


def test_signs_that_no_typeface_has_are_named():
    text = "Bra 🦫 jobbat 👩\u200d🚒 \U0001f9ff 漢 \ufe0f"
    reader = pages(pdf.write(whole(title=text, parts=[Paragraph(Said(text, "sv"))])))

    found = words(reader)
    assert "Bra" in found
    assert "jobbat" in found
    assert "\x00" not in found
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert text[:6] in told_words("docx", word.write(whole(parts=[Paragraph(text)])))


def test_signs_that_no_document_can_hold_are_left_out():
    document = whole(title="Rub\x01rik", parts=[Paragraph("Or\x0bd\ufffe"), Paragraph("\x1f")])

    assert "Ord" in words(pages(pdf.write(document)))
    assert "Ord" in told_words("docx", word.write(document))


def test_a_broken_template_is_not_hushed_up(monkeypatch, tmp_path):
    broken = tmp_path / "broken.typ"
    broken.write_text("#no-such-thing")
    monkeypatch.setattr(pdf, "_TEMPLATE", broken)

    with pytest.raises(typst.TypstError):
        pdf.write(whole())


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_everybody_may_download_the_report(client, told, form, start):
    answer = client.get(address("labs:report_file", told.pk, form))

    assert b"".join(answer.streaming_content).startswith(start)
    name = f"report-halkan-och-planboken-{told.pk}.{form}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'


def test_there_is_no_report_before_the_end_nor_in_other_forms(client, running, leader):
    assert client.get(address("labs:report_file", running.pk, "pdf")).status_code == 404
    assert client.get(address("labs:open_data", running.pk)).status_code == 404
    closed = actions.close(running, by=leader, why="Tiden är slut")
    assert client.get(address("labs:report_file", closed.pk, "exe")).status_code == 404


def test_much_that_was_written_is_cut_and_says_so(running, leader, monkeypatch):
    monkeypatch.setattr("hakapa.labs.documents.report._MOST_NOTES", 2)
    ContributionFactory.create_batch(3, lab=running)
    ParticipantFactory.create(lab=running)
    with override("en"):
        closed = actions.close(running, by=leader, why="Tiden är slut")
        text = words(pages(written(closed, "pdf", site="https://hakapa.example")))

    assert "The rest is in the open data." in text
    assert "Answers 0" in text


def test_a_part_of_a_kind_that_word_does_not_know_is_no_part_to_leave_out_in_silence():
    with pytest.raises(TypeError):
        word.write(whole(parts=["lös text"]))


def test_what_was_typed_in_afterwards_stands_by_itself(running, leader):
    closed = actions.close(running, by=leader, why="Brandlarm")
    text = actions.Words("Sanda mer", Kind.PROPOSAL)
    actions.type_in(closed, text, card=cards.code_of(closed.pk, 1), by=leader)

    with override("sv"):
        report = words(pages(written(closed, "pdf", site="https://hakapa.example")))
    assert "Rummet fick inga påståenden att svara på." in report
    assert "Inskrivet från papperskort efter att labbet avslutades" in report
    assert report.count("Sanda mer") == 2  # and among all that was written
