import pytest
from django.urls import reverse

from hakapa.accounts.tests.factories import OrganisationFactory, UserFactory, member_of
from hakapa.labs.lifecycle import State as LabState
from hakapa.labs.models import Kind, Lab
from hakapa.labs.tests.factories import ContributionFactory
from hakapa.proposals import actions
from hakapa.proposals.lifecycle import State
from hakapa.proposals.models import Proposal

LONG = "Detta skrev jag länge på innan jag sparade"


def at(name, proposal, *more):
    return reverse(f"proposals:{name}", args=[proposal.pk, *more])


@pytest.fixture
def new(lab):
    return f"{reverse('proposals:new')}?labb={lab.pk}"


@pytest.fixture
def given(lab, notes):
    return {
        "title": "Visa halvfärdigt",
        "first_step": "Öppna en förstudie",
        "text": "",
        "challenge": lab.challenges.get().pk,
        "organisation": lab.host_id,
        "sources": [notes[0].pk],
    }


def test_a_proposal_grows_from_chosen_contributions(client, new, given, leader, notes):
    client.force_login(leader)

    response = client.post(new, given)

    proposal = Proposal.objects.get()
    assert response.url == proposal.get_absolute_url()
    assert list(proposal.contributions.all()) == [notes[0]]
    assert (proposal.author, proposal.language) == (leader, "sv")


@pytest.mark.parametrize("form", ["&fran={0}&fran={1}", "&fran={0},{1}", "&fran={0},x,{1},²"])
def test_contributions_named_in_the_address_are_ticked(client, new, notes, leader, form):
    client.force_login(leader)
    address = new + form.format(*(note.pk for note in notes))

    text = client.get(address).text

    assert text.count("checked") == 2


def test_the_form_offers_only_what_was_written_in_the_lab_and_is_not_hidden(
    client, new, lab, notes, leader
):
    ContributionFactory.create(text="Från ett annat rum")
    ContributionFactory.create(
        lab=lab, text="Hemligt", hidden_at="2026-01-01T00:00:00Z", hidden_why="Fel"
    )
    ContributionFactory.create(lab=lab, text="Vid bordet", table=4, kind=Kind.INSIGHT)
    client.force_login(leader)

    text = client.get(new.replace("/forslag", "/en/forslag")).text

    assert "Från ett annat rum" not in text
    assert "Hemligt" not in text
    assert "Vid bordet (insight · Table 4)" in text


def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(client, new, given, leader):
    client.force_login(leader)

    response = client.post(new, {**given, "title": "", "text": LONG})

    assert response.status_code == 200
    assert LONG in response.text
    assert 'id="id_title_error"' in response.text
    assert not Proposal.objects.exists()


def test_a_source_or_challenge_of_another_lab_is_refused(client, new, given, leader):
    elsewhere = ContributionFactory.create()
    client.force_login(leader)

    for wrong in ({"sources": [elsewhere.pk]}, {"challenge": elsewhere.challenge_id}):
        assert client.post(new, {**given, **wrong}).status_code == 200
    assert not Proposal.objects.exists()


def test_only_those_who_lead_the_lab_put_proposals_forward(client, new, given, member):
    assert client.post(new, given).url.startswith("/konto/")

    client.force_login(member)

    assert client.get(new).status_code == 403
    assert client.post(new, given).status_code == 403


@pytest.mark.parametrize("number", ["", "0", "x", "9" * 30, "²"])
def test_a_proposal_needs_a_lab_that_is_seen(client, leader, number):
    client.force_login(leader)

    assert client.get(reverse("proposals:new"), {"labb": number}).status_code == 404


def test_before_the_lab_it_is_too_soon(client, new, lab, leader):
    Lab.objects.filter(pk=lab.pk).update(state=LabState.PUBLISHED)
    client.force_login(leader)

    assert client.get(new).status_code == 409


def test_any_member_improves_the_wording(client, proposal, member):
    client.force_login(member)
    assert proposal.first_step in client.get(at("improve", proposal)).text

    response = client.post(
        at("improve", proposal), {"title": "Visa allt", "first_step": "Börja", "text": "Mer"}
    )

    proposal.refresh_from_db()
    assert response.url == proposal.get_absolute_url()
    assert (proposal.title, proposal.text) == ("Visa allt", "Mer")


def test_improving_changes_the_words_and_nothing_else(client, proposal, member):
    client.force_login(member)
    words = {"title": "Visa allt", "first_step": "Börja", "text": ""}

    client.post(
        at("improve", proposal), {**words, "state": State.TAKEN, "lab": 0, "organisation": 1}
    )

    proposal.refresh_from_db()
    assert (proposal.state, proposal.organisation) == (State.OPEN, None)


def test_a_word_that_no_page_can_show_is_refused(client, proposal, member):
    client.force_login(member)
    words = {"title": "x" * 100, "first_step": "Börja", "text": ""}

    assert 'id="id_title_error"' in client.post(at("improve", proposal), words).text


def test_an_earlier_wording_is_brought_back(client, proposal, member):
    first = proposal.history.get()
    actions.improve(proposal, by=member, words={"title": "Visa allt"})
    client.force_login(member)

    client.post(at("restore", proposal, first.history_id))

    proposal.refresh_from_db()
    assert proposal.title == "Visa halvfärdigt"
    assert client.post(at("restore", proposal, 0)).status_code == 404


def test_a_proposal_is_merged_and_taken_out_again(client, proposal, other, leader):
    client.force_login(leader)
    assert other.title in client.get(at("merge", proposal)).text

    assert client.post(at("merge", proposal), {"into": other.pk}).url == other.get_absolute_url()
    assert Proposal.objects.get(pk=proposal.pk).state == State.MERGED

    client.post(at("split", proposal))
    assert Proposal.objects.get(pk=proposal.pk).state == State.OPEN


def test_merging_with_nothing_says_what_to_do(client, proposal, leader):
    client.force_login(leader)

    assert client.post(at("merge", proposal), {"into": proposal.pk}).status_code == 200
    assert "form-actions" not in client.get(at("merge", proposal)).text


def test_a_proposal_is_taken_back_with_a_reason_and_put_forward_again(client, proposal, leader):
    client.force_login(leader)
    assert client.get(at("withdraw", proposal)).status_code == 200
    assert 'id="id_why_error"' in client.post(at("withdraw", proposal), {"why": ""}).text

    client.post(at("withdraw", proposal), {"why": "Den gjordes redan"})
    assert Proposal.objects.get(pk=proposal.pk).state == State.WITHDRAWN

    client.post(at("reopen", proposal))
    assert Proposal.objects.get(pk=proposal.pk).state == State.OPEN


def test_whoever_put_it_forward_may_take_it_back(client, proposal):
    proposer = OrganisationFactory.create()
    Proposal.objects.filter(pk=proposal.pk).update(organisation=proposer)
    client.force_login(member_of(proposer))

    client.post(at("withdraw", proposal), {"why": "Vi tänker om"})

    assert Proposal.objects.get(pk=proposal.pk).state == State.WITHDRAWN


MOVES = [
    ("improve", {"title": "a", "first_step": "b"}),
    ("merge", {}),
    ("split", {}),
    ("withdraw", {"why": "x"}),
    ("reopen", {}),
]


@pytest.mark.parametrize(("name", "sent"), MOVES)
def test_strangers_sign_in_first_and_those_without_right_are_refused(client, proposal, name, sent):
    assert client.post(at(name, proposal), sent).url.startswith("/konto/")

    client.force_login(UserFactory.create())
    assert client.post(at(name, proposal), sent).status_code == 403

    Lab.objects.filter(pk=proposal.lab_id).update(state=LabState.PLANNED)
    assert client.post(at(name, proposal), sent).status_code == 404


@pytest.mark.parametrize(("name", "sent"), MOVES)
def test_too_late_is_said_in_plain_words(client, proposal, other, leader, name, sent):
    if name in ("improve", "merge", "withdraw"):
        actions.withdraw(proposal, by=leader, why="Den gjordes redan")
    client.force_login(leader)

    assert client.post(at(name, proposal), sent).status_code == 409
