from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import translation
from pypdf import PdfReader

from hakapa.accounts.tests.factories import OrganisationFactory, officer_of
from hakapa.commitments import actions, queries, statements
from hakapa.commitments.actions import Report
from hakapa.commitments.models import Commitment, Outcome
from hakapa.commitments.queries import Quarter
from hakapa.commitments.tests.factories import CommitmentFactory
from hakapa.commitments.views.records import TEMPLATE
from hakapa.kernel.paper import as_pdf
from hakapa.kernel.tests.pages import address, main_of


def at(month, day):
    return datetime(2026, month, day, 12, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.fixture(autouse=True)
def _in_october():
    with time_machine.travel("2026-10-05T10:00:00Z", tick=False):
        yield


@pytest.fixture
def receiver(db):
    return OrganisationFactory.create(name="Ådala", county="Uppsala län")


def promised(receiver, month, *, answered=3, due=None, mandate="known"):
    """Asked on the first of the month, taken on the day given, to be told about by a date."""
    commitment = CommitmentFactory.create(receiver=receiver, created=at(month, 1))
    given = actions.Answer("take", "Ring", due or date(2026, 12, 1), mandate=mandate)
    return actions.answer(commitment, given, by=officer_of(receiver), at=at(month, answered))


@pytest.fixture
def promises(receiver):
    """Kept after 40 days, broken, late, moved, and one with an unclear mandate."""
    by = officer_of(receiver)
    kept, broken, late, moved, _ = (
        promised(receiver, 2, answered=11),
        promised(receiver, 2),
        promised(receiver, 5, due=date(2026, 6, 1)),
        promised(receiver, 5),
        promised(receiver, 8, mandate="unclear"),
    )
    actions.report(kept, Report(Outcome.KEPT, "Klart"), by=by, at=at(3, 23))
    failed = Report(Outcome.NOT_KEPT, "Nej", barrier="money")
    actions.report(broken, failed, by=by, at=at(7, 1))
    actions.change_date(moved, due=date(2026, 11, 1), why="Semester", by=by, at=at(7, 2))
    return {"kept": kept, "broken": broken, "late": late, "moved": moved}


def mine(receiver):
    return queries.of_organisation(receiver, AnonymousUser())


def test_a_record_counts_what_was_promised_kept_changed_broken_and_late(promises, receiver):
    record = queries.full_record(mine(receiver))

    assert (record.promised, record.kept, record.not_kept) == (5, 1, 1)
    assert (record.changed, record.late, record.unclear) == (1, 1, 1)
    assert (record.days_to_answer, record.days_to_keep) == (2, 40)


def test_a_median_of_two_lies_between_them(receiver):
    promised(receiver, 2, answered=2)
    promised(receiver, 2, answered=5)

    assert queries.full_record(mine(receiver)).days_to_answer == 2.5


def test_a_second_answer_does_not_change_how_long_the_first_took(receiver):
    by = officer_of(receiver)
    asked = CommitmentFactory.create(receiver=receiver, created=at(2, 1))
    actions.park(asked, by=by, next_step="Vänta", due=date(2026, 9, 1), at=at(2, 8))
    actions.take(asked, by=by, next_step="Ring", due=date(2026, 12, 1), at=at(9, 1))

    assert queries.full_record(mine(receiver)).days_to_answer == 7


def test_what_nobody_answered_has_no_median(receiver):
    CommitmentFactory.create(receiver=receiver)

    record = queries.full_record(Commitment.objects.all())
    assert (record.days_to_answer, record.days_to_keep) == (None, None)


def test_quarters_tell_what_happened_in_each_without_gaps(promises, receiver):
    assert queries.quarters(mine(receiver)) == [
        Quarter(date(2026, 1, 1), promised=2, kept=1),
        Quarter(date(2026, 4, 1), promised=2),
        Quarter(date(2026, 7, 1), promised=1, not_kept=1, changed=1),
        Quarter(date(2026, 10, 1)),
    ]
    assert [q.name for q in queries.quarters(mine(receiver))][-1] == "2026 K4"


def test_a_quarter_begins_at_midnight_in_sweden(receiver):
    commitment = CommitmentFactory.create(receiver=receiver)
    late_evening = datetime(2026, 3, 31, 22, 30, tzinfo=ZoneInfo("UTC"))
    actions.take(
        commitment, by=officer_of(receiver), next_step="R", due=date(2026, 12, 1), at=late_evening
    )

    assert queries.quarters(mine(receiver))[0].begins == date(2026, 4, 1)


def test_nothing_promised_has_no_quarters(receiver):
    assert queries.quarters(mine(receiver)) == []


def test_organisations_stand_in_the_order_of_the_alphabet(client, promises):
    other = OrganisationFactory.create(name="Zinkgruvan", county="Örebro län")
    promised(other, 3)

    records = queries.records(queries.visible_to(AnonymousUser()))

    assert [one.organisation.name for one in records] == ["Zinkgruvan", "Ådala"]
    assert [one.record.promised for one in records] == [1, 5]
    everybody = main_of(client.get(address("commitments:records")))
    assert everybody.index("Zinkgruvan") < everybody.index("Ådala")
    county = main_of(client.get(address("commitments:records") + "?lan=Uppsala+l%C3%A4n"))
    assert "Ådala" in county
    assert "Zinkgruvan" not in county
    assert "Zinkgruvan" in main_of(client.get(address("commitments:records") + "?lan=Atlantis"))


def test_an_empty_network_says_so(client, db):
    assert "No promise yet" in client.get(address("commitments:records")).text


@pytest.mark.parametrize("count", [1, 3])
def test_records_take_the_same_queries_however_many(client, db, count, django_assert_num_queries):
    for _ in range(count):
        promised(OrganisationFactory.create(), 3)

    with django_assert_num_queries(6):  # counties, record, records (2), quarters, demo
        client.get(address("commitments:records"))


def test_the_figures_can_be_counted_again_from_files(client, promises, receiver):
    listed = client.get("/en/ataganden/redovisning.csv").text.splitlines()
    assert listed[1].startswith(f"{receiver.pk},Ådala,5,5,1,2,1,1,1,0,0,0,1,2.0,40.0")
    path = f"/en/ataganden/redovisning/kvartal.csv?mottagare={receiver.pk}"
    quarters = client.get(path).text.splitlines()
    assert quarters[1:3] == ["2026 K1,2,1,0,0", "2026 K2,2,0,0,0"]
    assert client.get("/ataganden/redovisning.xlsx").status_code == 200
    assert client.get("/ataganden/redovisning.pdf").status_code == 404
    nobody = client.get("/en/ataganden/redovisning/kvartal.csv?mottagare=999999").text
    assert len(nobody.splitlines()) == 1


def test_an_organisation_has_a_page_with_drawing_table_and_years(client, promises, receiver):
    page = client.get(address("commitments:record", receiver.pk))

    assert "How Ådala keeps its promises" in page.text
    assert '<svg class="chart chart--columns"' in page.text
    assert address("commitments:statement", receiver.pk, 2026) in page.text
    organisation = client.get(address("accounts:organisation", receiver.pk)).text
    assert address("commitments:record", receiver.pk) in organisation


def test_a_years_statement_lists_its_promises_and_figures(client, promises, receiver):
    page = main_of(client.get(address("commitments:statement", receiver.pk, 2026)))

    for words in ("Promises 2026", "Promised during the year 5", "Dates changed during the year 1"):
        assert words in page
    assert "Days to keep, median 40" in page
    assert promises["late"].proposal.title in page
    before = main_of(client.get(address("commitments:statement", receiver.pk, 2025)))
    assert "No promise was made or settled this year." in before
    for year in (1999, 2101):
        assert client.get(f"/ataganden/redovisning/{receiver.pk}/{year}/").status_code == 404


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_statement_is_a_tagged_pdf_in_the_readers_language(
    client, promises, receiver, language
):
    path = address("commitments:statement_pdf", receiver.pk, 2026, language=language)

    answer = client.get(path)

    assert answer["Content-Type"] == "application/pdf"
    pdf = PdfReader(BytesIO(answer.content))
    assert pdf.trailer["/Root"]["/Lang"] == language
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    words = " ".join(page.extract_text() for page in pdf.pages)
    assert ("Löften 2026" if language == "sv" else "Promises 2026") in words


def test_words_on_paper_are_words_and_never_markup(promises, receiver):
    evil = '#read("/etc/passwd") $x$ *fet* \\ <a>'
    promises["late"].proposal.title = evil
    promises["late"].proposal.save()
    with translation.override("sv"):
        told = statements.statement(receiver, 2026, AnonymousUser())
        data = statements.as_data(told, "sv")
    pdf = PdfReader(BytesIO(as_pdf(TEMPLATE, data)))

    words = "".join("".join(page.extract_text() for page in pdf.pages).split())
    assert "".join(evil.split()) in words
