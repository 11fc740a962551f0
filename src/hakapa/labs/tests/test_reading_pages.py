import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.kernel.tests.pages import address, headings_of, main_of, words_of
from hakapa.labs import actions
from hakapa.labs.lifecycle import State
from hakapa.labs.tests.factories import (
    ContributionFactory,
    LabFactory,
    ParticipantFactory,
    ReceiverFactory,
)

pytestmark = pytest.mark.django_db
LIST = address("labs:index")


def page_of(lab, name="labs:detail"):
    return address(name, lab.pk)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_twelve_queries(client, django_assert_num_queries, count):
    for _ in range(count):
        LabFactory.create()
    client.get(LIST)

    with django_assert_num_queries(12):
        page = client.get(LIST)
    assert headings_of(page)[0] == ("1 lab" if count == 1 else "3 labs")


def test_a_list_that_is_narrowed_to_nothing_says_what_to_do(client, running):
    assert "No lab looks like that" in main_of(client.get(LIST, {"words": "ingenting"}))


def test_a_choice_that_does_not_exist_narrows_nothing(client, running):
    page = client.get(LIST, {"state": "sovande", "host": "999999"})

    assert headings_of(page)[0] == "1 lab"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_is_a_file_too(client, published, form, count, django_assert_num_queries):
    for _ in range(count):
        LabFactory.create(title="=SUM(A1)")
    url = address("labs:list", form)

    with django_assert_num_queries(4):
        response = client.get(url)
    assert response.status_code == 200
    if form == "csv":
        assert "'=SUM(A1)" in response.content.decode()
        assert "gatuchef, Örebro" in response.content.decode()


def test_there_is_no_list_in_other_forms(client):
    assert client.get(address("labs:list", "exe")).status_code == 404


def test_the_page_of_an_open_lab_says_how_to_join(client, running):
    words = main_of(client.get(page_of(running)))

    assert running.join_code in words
    assert "Take part" in words
    assert "gatuchef" in words
    assert "1. The challenge in five" in words


def queries_of(client, url):
    """How many queries the page takes the second time it is opened."""
    client.get(url)
    with CaptureQueriesContext(connection) as taken:
        client.get(url)
    return len(taken)


def test_the_page_of_a_lab_takes_the_same_queries_however_many_receivers(client, published):
    before = queries_of(client, page_of(published))
    ReceiverFactory.create_batch(2, lab=published)

    assert queries_of(client, page_of(published)) == before


def test_a_planned_lab_is_seen_by_those_who_prepare_it(client, planned, leader, outsider):
    assert client.get(page_of(planned)).status_code == 404
    client.force_login(outsider)
    assert client.get(page_of(planned)).status_code == 404
    client.force_login(leader)
    words = main_of(client.get(page_of(planned)))
    assert "seen only by those who prepare it" in words
    assert "Invite a receiver" in words


def test_steps_of_the_run_sheet_do_not_fill_the_history(client, running, leader):
    actions.step(running, by=leader, leave=1)

    assert "went to another phase" not in main_of(client.get(page_of(running))).lower()


def test_a_closed_lab_leads_to_its_report(client, closed, leader):
    client.force_login(leader)
    words = main_of(client.get(page_of(closed)))

    assert "Read the report" in words
    assert "Take it up again" in words or "take it up again" in words


def test_an_imported_lab_has_neither_run_sheet_nor_receivers(client, host):
    lab = LabFactory.create(
        host=host, state=State.CLOSED, template="", imported_from="x", challenges=[]
    )

    assert "Run sheet" not in headings_of(client.get(page_of(lab)))


def test_a_challenges_page_shows_its_labs(client, running, challenge):
    assert running.title in words_of(client.get(challenge.get_absolute_url()))


def test_a_lab_may_take_up_a_challenge_nobody_else_sees(client, running):
    running.challenges.add(ChallengeFactory.create(state="draft", title="Hemligt utkast"))

    assert "Hemligt utkast" not in words_of(client.get(page_of(running)))


def test_nobody_sees_how_the_room_answers_before_it_is_closed(client, running, leader):
    ContributionFactory.create(lab=running, text="Sanda mer")
    client.force_login(leader)

    page = client.get(page_of(running, "labs:report"))
    assert "The report comes when the lab is closed" in main_of(page)
    assert "Sanda mer" not in main_of(page)
    for name in ("labs:statements", "labs:contributions"):
        assert client.get(address(name, running.pk, "csv")).status_code == 404


@pytest.fixture
def told(running, leader):
    """A closed lab that twelve people took part in."""
    statements = ContributionFactory.create_batch(3, lab=running, phase=running.phases.first())
    ContributionFactory.create(lab=running, kind="question", text="Vem vet?", is_statement=False)
    for perspective, number in (("municipality", 9), ("resident", 3)):
        for seat in ParticipantFactory.create_batch(number, lab=running, perspective=perspective):
            actions.vote(statements[0], participant=seat, value=1)
    actions.hide(statements[2], by=leader, why="Pekar ut någon")
    return actions.close(running, by=leader, why="Brandlarm")


def test_the_report_tells_who_took_part_and_what_they_think(client, told):
    words = main_of(client.get(page_of(told, "labs:report")))

    assert "12 took part" in words
    assert "Resident few" in words
    assert "12 agree 0 disagree 0 passed" in words
    assert "Vem vet?" in words
    assert "Pekar ut" not in words


def test_the_report_takes_the_same_queries_however_much_was_written(client, told):
    before = queries_of(client, page_of(told, "labs:report"))
    ContributionFactory.create_batch(2, lab=told)

    assert queries_of(client, page_of(told, "labs:report")) == before


def test_the_report_sorts_its_statements_and_htmx_gets_only_them(client, told):
    url = page_of(told, "labs:report")
    assert client.get(url, {"order": "divided"}).status_code == 200

    part = client.get(url, {"order": "agree"}, headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith("<section")
    assert 'id="statements"' in part.content.decode()


def test_a_report_of_an_empty_room_says_so(client, closed):
    words = main_of(client.get(page_of(closed, "labs:report")))

    assert "< 5 took part" in words
    assert "No statements were put to the room." in words
    assert "Nothing was written." in words


def test_a_report_says_when_the_file_has_more(client, told, monkeypatch):
    ContributionFactory.create_batch(51, lab=told)

    assert "The rest is in the file" in main_of(client.get(page_of(told, "labs:report")))


def test_the_results_are_files_too(client, told):
    statements = client.get(address("labs:statements", told.pk, "csv")).content.decode()
    assert "proposal,12,0,0,12" in statements
    assert statements.count("\r\n") == 3  # the heading and two that are not hidden

    contributions = client.get(address("labs:contributions", told.pk, "csv")).content.decode()
    assert "Vem vet?,question" in contributions
    assert client.get(address("labs:contributions", told.pk, "xlsx")).status_code == 200


def test_a_cancelled_lab_still_says_why(client, published, leader):
    actions.cancel(published, by=leader, why="Salen brann")

    assert "Salen brann" in main_of(client.get(page_of(published)))


def test_an_organisations_page_shows_its_labs(client, running, host):
    assert running.title in words_of(client.get(host.get_absolute_url()))
