import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hakapa.accounts.tests.factories import OrganisationFactory
from hakapa.labs.models import Choice as Vote
from hakapa.labs.models import Contribution
from hakapa.labs.models import Vote as Ballot
from hakapa.labs.tests.factories import ContributionFactory, ParticipantFactory, ReceiverFactory
from hakapa.process.wordings import wordings
from hakapa.proposals import actions, queries
from hakapa.proposals.lifecycle import State
from hakapa.proposals.models import WORDING, Proposal
from hakapa.proposals.queries import Choice, Weight
from hakapa.proposals.tests.factories import ProposalFactory

NOBODY = AnonymousUser()


def chosen(**choice):
    return set(queries.chosen(NOBODY, Choice(**choice)))


def test_the_list_holds_what_stands_unless_a_state_is_chosen(proposal, other, leader):
    actions.merge(proposal, into=other, by=leader)

    assert chosen() == {other}
    assert chosen(state=State.MERGED) == {proposal}


def test_a_choice_narrows_by_words_challenge_and_lab(proposal):
    elsewhere = ProposalFactory.create(title="Något annat", text="Vatten i rör")

    assert chosen(words="vatten rör") == {elsewhere}
    assert chosen(words="förstudie HALVfärdigt") == {proposal}
    assert chosen(words="vatten halvfärdigt") == set()
    assert chosen(challenge=elsewhere.challenge_id) == {elsewhere}
    assert chosen(lab=proposal.lab_id) == {proposal}


def test_words_with_wild_cards_find_only_themselves(proposal):
    assert chosen(words="%") == set()
    assert chosen(words="_") == set()


def test_hidden_contributions_are_no_sources_in_sight(proposal, notes):
    Contribution.objects.filter(pk=notes[0].pk).update(
        hidden_at="2026-01-01T00:00:00Z", hidden_why="Pekar ut en person"
    )

    seen = queries.with_sources(queries.visible_to(NOBODY)).get(pk=proposal.pk)

    assert list(seen.contributions.all()) == [notes[1]]
    assert list(queries.weighed(proposal)) == [notes[1]]


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15
)
@given(votes=st.lists(st.tuples(st.integers(0, 1), st.sampled_from(Vote.values)), max_size=12))
def test_the_weight_is_every_answer_to_every_source_once(proposal, notes, votes):
    Ballot.objects.all().delete()
    for place, value in votes:
        participant = ParticipantFactory.create(lab=proposal.lab)
        Ballot.objects.create(participant=participant, statement=notes[place], value=value)

    weight = queries.weight(queries.weighed(proposal))

    values = [value for _, value in votes]
    assert weight == Weight(
        agree=values.count(Vote.AGREE),
        disagree=values.count(Vote.DISAGREE),
        passed=values.count(Vote.PASS),
    )
    assert weight.answers == len(votes)


def test_what_grew_from_nothing_weighs_nothing():
    assert queries.weight([]) == Weight(0, 0, 0)


def test_only_the_labs_other_open_proposals_can_be_merged_into(proposal, other, leader):
    ProposalFactory.create()
    assert list(queries.mergeable_with(proposal)) == [other]

    actions.withdraw(other, by=leader, why="Den gjordes redan")
    assert list(queries.mergeable_with(proposal)) == []


def test_those_named_in_the_lab_may_have_put_it_forward(lab):
    led_by, named, hidden = OrganisationFactory.create_batch(3)
    lab.leaders.add(led_by)
    receiver = ReceiverFactory.create(lab=lab).organisation
    ContributionFactory.create(lab=lab, organisation=named)
    ContributionFactory.create(
        lab=lab, organisation=hidden, hidden_at="2026-01-01T00:00:00Z", hidden_why="Fel"
    )

    assert set(queries.proposers(lab)) == {
        lab.host, led_by, named, receiver, lab.challenges.get().owner,
    }  # fmt: skip


def test_the_wordings_are_told_newest_first_with_what_changed(proposal, leader):
    actions.improve(proposal, by=leader, words={"title": "Visa allt", "text": "Mer"})

    now, first = wordings(proposal, WORDING)

    assert now.is_present
    assert not first.is_present
    assert [(change.before, change.after) for change in now.changes] == [
        ("Visa halvfärdigt", "Visa allt"),
        ("", "Mer"),
    ]


def test_a_move_is_no_new_wording(proposal, leader):
    withdrawn = actions.withdraw(proposal, by=leader, why="Den gjordes redan")
    actions.reopen(withdrawn, by=leader)

    assert len(wordings(proposal, WORDING)) == 1


@pytest.mark.parametrize("state", [State.OPEN, State.TAKEN, State.PARKED, State.DECLINED])
def test_about_counts_what_stands(proposal, state):
    Proposal.objects.filter(pk=proposal.pk).update(state=state)

    assert list(queries.about([proposal.challenge_id], NOBODY)) == [proposal]
