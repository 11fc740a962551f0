import csv
from datetime import timedelta
from io import StringIO

import pytest
import tablib
import time_machine
from django.urls import reverse

from hakapa.accounts.tests.factories import member_of
from hakapa.commitments import actions
from hakapa.commitments.actions import Report
from hakapa.commitments.lifecycle import State
from hakapa.commitments.models import Commitment, Outcome
from hakapa.commitments.tests.conftest import DUE, LAB_DAY
from hakapa.commitments.tests.factories import CommitmentFactory
from hakapa.labs.lifecycle import State as LabState
from hakapa.labs.models import Lab

INDEX = "/en/ataganden/"
NOW = "2026-06-07T10:00:00Z"
pytestmark = pytest.mark.usefixtures("_in_june")


@pytest.fixture
def _in_june():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def promise(commitment, officer):
    return actions.take(commitment, by=officer, next_step="Ring grannen", due=DUE, at=LAB_DAY)


def promises(count, **fields):
    """Make promises past the actions, for lists."""
    kept = {"state": State.TAKEN, "due": DUE, "next_step": "Ring", "answered_on": LAB_DAY.date()}
    return CommitmentFactory.create_batch(count, **{**kept, **fields})


def page(client, path, **query):
    response = client.get(path, query)
    assert response.status_code == 200
    return response.text


def at(commitment, name="detail"):
    path = reverse(f"commitments:{name}", args=[commitment.pk])
    return path if path.startswith("/en/") else f"/en{path}"


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_all_promises_takes_the_same_queries_however_long(
    client, db, count, django_assert_num_queries
):
    promises(count)

    with django_assert_num_queries(14):  # record, how many, which, 3 filters, journey, demo
        text = page(client, INDEX)
    assert text.count('class="promise"') == count


def test_the_promises_come_in_pages(client, lab):
    promises(21, proposal__lab=lab)

    assert page(client, INDEX).count('class="promise"') == 20
    assert page(client, INDEX, page="2").count('class="promise"') == 1


def test_a_promise_row_tells_who_what_when_and_how_it_stands(client, promise):
    text = page(client, INDEX)

    for words in (
        promise.proposal.title,
        f"Digitaliseringschef, {promise.receiver}",
        "Ring grannen",
        "was to report",
        "6 days late",
    ):
        assert words in text


def test_the_record_stands_above_the_promises_and_follows_the_choice(client, promise):
    promises(2, state=State.KEPT)

    assert '<b class="fact-number">3</b>' in page(client, INDEX)
    assert '<b class="fact-number">3</b>' not in page(client, INDEX, receiver=promise.receiver_id)
    chosen = page(client, INDEX, receiver=promise.receiver_id)
    assert chosen.count('class="promise"') == 1


def test_an_empty_page_says_what_to_do(client, db):
    assert "No promise yet" in page(client, INDEX)
    assert "No promise looks like that" in page(client, INDEX, standing="kept")


@pytest.mark.parametrize("query", [{"standing": "x"}, {"receiver": "x"}, {"lab": "9" * 30}])
def test_a_choice_that_does_not_exist_narrows_nothing(client, promise, query):
    assert promise.proposal.title in page(client, INDEX, **query)


def test_a_question_is_no_promise(client, commitment, leader):
    client.force_login(leader)

    assert commitment.proposal.title not in page(client, INDEX)


def test_a_hidden_lab_hides_its_promises_everywhere(client, promise):
    Lab.objects.filter(pk=promise.proposal.lab_id).update(state=LabState.PLANNED)

    for path in (INDEX, "/en/ataganden/lista.csv", "/en/ataganden/atom.xml"):
        text = page(client, path)
        assert promise.proposal.title not in text
        assert str(promise.receiver) not in text
    assert client.get(at(promise)).status_code == 404


def test_the_list_as_csv_opens_safely(client, promise):
    Commitment.objects.filter(pk=promise.pk).update(next_step="=HYPERLINK(1)")

    text = page(client, "/en/ataganden/lista.csv").lstrip("\ufeff")
    (row,) = csv.DictReader(StringIO(text))

    assert row["Next step"] == "'=HYPERLINK(1)"
    assert (row["Days late"], row["How it stands"]) == ("6", "late")


def test_the_list_as_a_spreadsheet(client, promise):
    promises(1, state=State.DECLINED, due=None, next_step="", reason="Budgeten var satt")

    sheet = tablib.Dataset().load(client.get("/en/ataganden/lista.xlsx").content, format="xlsx")

    assert sheet.height == 2
    assert client.get("/en/ataganden/lista.pdf").status_code == 404


def test_the_page_of_a_promise_tells_what_comes_first_and_by_when(client, promise):
    text = page(client, at(promise))

    for words in ("Ring grannen", "6 days late", "was to report", promise.proposal.title):
        assert words in text
    assert "No report yet" in text
    assert at(promise, "report") not in text


def test_reports_are_shown_newest_first_with_both_questions_and_the_old_date(
    client, promise, officer
):
    told = Report(Outcome.GOING_ON, "Den drar ut", DUE + timedelta(60), "yes", "unclear")
    actions.report(promise, told, by=officer)
    actions.report(promise, Report(Outcome.KEPT, "Nu är det klart"), by=officer)

    text = page(client, at(promise))

    assert text.index("Nu är det klart") < text.index("Den drar ut")
    assert "The right thing to do?" in text
    assert "Done in the right way?" in text
    assert "before it was" in text
    assert "moved the date from" in text


def test_a_declined_proposal_shows_why(client, commitment, officer):
    actions.decline(commitment, by=officer, reason="Budgeten var satt", at=LAB_DAY)

    assert "Budgeten var satt" in page(client, at(commitment))
    assert "Budgeten var satt" in page(client, INDEX)


def test_who_speaks_for_the_receiver_finds_the_answer_form_on_the_page(client, commitment, officer):
    assert client.get(at(commitment)).status_code == 404

    client.force_login(member_of(commitment.receiver))
    assert "Not answered yet" in page(client, at(commitment))

    client.force_login(officer)
    assert "Answer in the open" in page(client, at(commitment))


def test_who_speaks_for_the_receiver_finds_the_report(client, promise, officer):
    client.force_login(officer)

    assert at(promise, "report") in page(client, at(promise))


def test_words_are_shown_as_words(client, promise):
    Commitment.objects.filter(pk=promise.pk).update(next_step='"><script>alert(1)</script>')

    for path in (INDEX, at(promise), f"/en/forslag/{promise.proposal_id}/ursprung/"):
        assert "<script>alert" not in page(client, path)


def test_the_journal_tells_that_it_goes_on_when_the_date_stands(client, commitment, officer):
    due = DUE + timedelta(60)
    promise = actions.take(commitment, by=officer, next_step="Ring", due=due, at=LAB_DAY)
    actions.report(promise, Report(Outcome.GOING_ON, "Bra", due), by=officer)

    text = page(client, at(promise))

    assert "told how it is going</span>" in text
    assert "before it was" not in text


def test_only_reading_is_done_by_reading(client, promise):
    for path in (INDEX, at(promise), "/en/ataganden/vantar/"):
        assert client.post(path).status_code == 405
