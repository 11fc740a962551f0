import csv
from io import StringIO

import pytest
import tablib
from django.urls import reverse

from hakapa.labs.lifecycle import State as LabState
from hakapa.labs.models import Choice, Contribution, Lab, Vote
from hakapa.labs.tests.factories import ParticipantFactory
from hakapa.process import journey
from hakapa.proposals import actions
from hakapa.proposals.lifecycle import State
from hakapa.proposals.models import Proposal
from hakapa.proposals.panels import SHOWN
from hakapa.proposals.tests.factories import ProposalFactory

INDEX = "/en/forslag/"


def page(client, path, **query):
    response = client.get(path, query)
    assert response.status_code == 200
    return response.text


def at(proposal, name):
    return f"/en{reverse(f'proposals:{name}', args=[proposal.pk])}".replace("/en/en/", "/en/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_long(client, db, count, django_assert_num_queries):
    ProposalFactory.create_batch(count)

    with django_assert_num_queries(12):  # how many, which, two filters, the journey's 7, demo
        text = page(client, INDEX)
    assert text.count('class="promise"') == count


def test_the_list_comes_in_pages(client, lab):
    ProposalFactory.create_batch(21, lab=lab)

    assert page(client, INDEX).count('class="promise"') == 20
    assert page(client, INDEX, page="2").count('class="promise"') == 1


def test_the_list_keeps_to_what_was_chosen(client, proposal, other):
    text = page(client, INDEX, words="halvfärdigt", lab=proposal.lab_id, state=State.OPEN)

    assert proposal.title in text
    assert other.title not in text
    assert "No proposal looks like that" in page(client, INDEX, words="vatten")


@pytest.mark.parametrize("query", [{"lab": "x"}, {"lab": "9" * 30}, {"state": "x"}, {"page": "x"}])
def test_a_choice_that_does_not_exist_narrows_nothing(client, proposal, query):
    assert proposal.title in page(client, INDEX, **query)


def test_a_hidden_lab_hides_its_proposals_everywhere(client, proposal):
    Lab.objects.filter(pk=proposal.lab_id).update(state=LabState.PLANNED)

    assert proposal.title not in page(client, INDEX)
    assert str(proposal.lab) not in page(client, INDEX)
    assert proposal.title not in client.get("/en/forslag/lista.csv").text
    for name in ("detail", "lineage", "wordings"):
        assert client.get(at(proposal, name)).status_code == 404


def test_the_list_as_csv(client, proposal, notes):
    Proposal.objects.filter(pk=proposal.pk).update(title="=1+1")

    (row,) = csv.DictReader(StringIO(client.get("/en/forslag/lista.csv").text.lstrip("\ufeff")))

    assert row["Proposal"] == "'=1+1"
    assert row["Contributions"] == " ".join(str(note.pk) for note in notes)


def test_the_list_as_a_spreadsheet_and_as_nothing_else(client, proposal):
    sheet = tablib.Dataset().load(client.get("/en/forslag/lista.xlsx").content, format="xlsx")

    assert sheet.height == 1
    assert client.get("/en/forslag/lista.pdf").status_code == 404


def test_the_page_tells_what_comes_first_and_where_it_grew(client, proposal, notes):
    text = page(client, at(proposal, "detail"))

    for words in (proposal.title, proposal.first_step, notes[0].text, str(proposal.lab)):
        assert words in text
    assert "Nobody voted" in text


def test_the_page_shows_how_the_room_weighed_it_and_how_that_was_counted(client, proposal, notes):
    for value in (Choice.AGREE, Choice.AGREE, Choice.DISAGREE):
        participant = ParticipantFactory.create(lab=proposal.lab)
        Vote.objects.create(participant=participant, statement=notes[0], value=value)

    text = page(client, at(proposal, "detail"))

    assert "2 agree, 1 disagree, 0 passed" in text
    assert "How was this counted?" in text


def test_a_hidden_contribution_is_shown_nowhere(client, proposal, notes):
    Contribution.objects.filter(pk=notes[0].pk).update(
        text="Hemligt", hidden_at="2026-01-01T00:00:00Z", hidden_why="Pekar ut en person"
    )

    for name in ("detail", "lineage"):
        assert "Hemligt" not in page(client, at(proposal, name))


def test_words_are_shown_as_words(client, proposal, notes):
    Proposal.objects.filter(pk=proposal.pk).update(title='"><script>alert(1)</script>')

    for path in (INDEX, at(proposal, "detail"), at(proposal, "lineage"), at(proposal, "wordings")):
        text = page(client, path)
        assert "<script>alert" not in text
        assert "&amp;lt;" not in text


def test_words_in_another_language_are_marked(client, proposal):
    assert '<p class="promise-what" lang="sv">' in page(client, INDEX)
    assert f'<h1 lang="sv">{proposal.title}</h1>' in page(client, at(proposal, "detail"))
    assert 'class="lead" lang="sv"' in page(client, at(proposal, "wordings"))
    assert f'<strong><a href="{at(proposal, "detail")}" lang="sv">' in page(
        client, at(proposal, "lineage")
    )


def test_a_stranger_sees_no_moves_and_who_leads_sees_them(client, proposal, leader):
    assert at(proposal, "merge") not in page(client, at(proposal, "detail"))

    client.force_login(leader)

    text = page(client, at(proposal, "detail"))
    for name in ("improve", "merge", "withdraw"):
        assert at(proposal, name) in text


def test_a_merged_proposal_leads_to_the_one_it_lives_on_in(client, proposal, other, leader):
    actions.merge(proposal, into=other, by=leader)
    client.force_login(leader)

    merged, target = page(client, at(proposal, "detail")), page(client, at(other, "detail"))

    assert at(other, "detail") in merged
    assert at(proposal, "split") in merged
    assert at(proposal, "detail") in target


def test_a_withdrawn_proposal_says_so_and_why(client, proposal, leader):
    actions.withdraw(proposal, by=leader, why="Den gjordes redan")
    client.force_login(leader)

    text = page(client, at(proposal, "detail"))

    assert "This proposal was taken back" in text
    assert "Den gjordes redan" in text
    assert at(proposal, "reopen") in text


def test_the_lineage_goes_back_to_the_challenge_and_both_ways_through_a_merger(
    client, proposal, other, leader, notes
):
    actions.merge(proposal, into=other, by=leader)

    back = page(client, at(other, "lineage"))
    forward = page(client, at(proposal, "lineage"))

    for words in (str(other.challenge), str(other.lab), notes[0].text, proposal.title):
        assert words in back
    assert at(proposal, "lineage") in back
    assert at(other, "lineage") in forward


def test_the_earlier_wordings_are_shown_with_a_way_back(client, proposal, leader):
    first = proposal.history.get()
    actions.improve(proposal, by=leader, words={"title": "Visa allt"})
    client.force_login(leader)

    text = page(client, at(proposal, "wordings"))

    assert "<del>Visa halvfärdigt</del>" in text
    assert reverse("proposals:restore", args=[proposal.pk, first.history_id]) in text


def test_the_labs_and_the_challenges_pages_show_the_first_proposals(client, lab):
    ProposalFactory.create_batch(SHOWN + 1, lab=lab)

    for path in (lab.get_absolute_url(), lab.challenges.get().get_absolute_url()):
        text = page(client, f"/en{path}")
        assert "What has been proposed" in text
        assert "All proposals here" in text


def test_a_row_names_the_challenge_and_the_lab_where_the_page_does_not(client, proposal):
    challenge, lab = proposal.challenge, proposal.lab
    told = {
        INDEX: f"{challenge} · {lab}",
        f"/en{challenge.get_absolute_url()}": str(lab),
        f"/en{lab.get_absolute_url()}": str(challenge),
    }

    for path, names in told.items():
        assert f'<p class="promise-who">{names}</p>' in page(client, path)


def test_the_journey_line_counts_what_went_on(proposal, other, member):
    one = journey.line([proposal.challenge_id], member)[2]
    many = journey.line([proposal.challenge_id, 0], member)[2]

    assert one.url == f"{reverse('proposals:index')}?challenge={proposal.challenge_id}"
    assert many.url == reverse("proposals:index")
    assert "2" in one.fact
    assert journey.line([0], member)[2].fact == ""


def test_only_reading_is_done_by_reading(client, proposal):
    for name in ("detail", "lineage", "wordings"):
        assert client.post(at(proposal, name)).status_code == 405
