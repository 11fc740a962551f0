from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hakapa.accounts.tests.factories import OrganisationFactory, member_of
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs.lifecycle import State as LabState
from hakapa.labs.models import Lab
from hakapa.labs.tests.factories import ContributionFactory
from hakapa.process.models import Event
from hakapa.process.moving import move
from hakapa.process.queries import history_of
from hakapa.proposals import actions
from hakapa.proposals.lifecycle import State
from hakapa.proposals.models import Proposal


def state_of(proposal: Proposal) -> str:
    return Proposal.objects.get(pk=proposal.pk).state


def sources_of(proposal: Proposal) -> set[int]:
    return set(proposal.contributions.values_list("pk", flat=True))


def test_grow_keeps_the_words_the_sources_and_who_did_it(lab, leader, notes, idea):
    organisation = OrganisationFactory.create()
    at = datetime(2026, 3, 16, 12, tzinfo=ZoneInfo("Europe/Stockholm"))

    grown = actions.grow(
        lab,
        replace(idea, text="Mer om det", organisation=organisation, language="en"),
        by=leader,
        sources=notes,
        at=at,
    )

    grown.refresh_from_db()
    assert (grown.title, grown.first_step, grown.text) == (
        idea.title,
        idea.first_step,
        "Mer om det",
    )
    assert (grown.state, grown.organisation, grown.language) == (State.OPEN, organisation, "en")
    assert (grown.author, grown.created) == (leader, at)
    assert sources_of(grown) == {note.pk for note in notes}
    event = history_of(grown).get()
    assert (event.move, event.actor, event.organisation, event.at) == (
        "grow", leader, organisation, at,
    )  # fmt: skip


def test_grow_is_for_those_who_lead_the_lab(lab, member, idea):
    with pytest.raises(PermissionDenied):
        actions.grow(lab, idea, by=member)


def test_a_colleague_of_a_lab_leader_may_grow(lab, idea):
    led_by = OrganisationFactory.create()
    lab.leaders.add(led_by)

    assert actions.grow(lab, idea, by=member_of(led_by)).state == State.OPEN


@pytest.mark.parametrize("state", [LabState.PLANNED, LabState.PUBLISHED, LabState.CANCELLED])
def test_nothing_grows_where_no_room_has_met(lab, leader, idea, state):
    Lab.objects.filter(pk=lab.pk).update(state=state)

    with pytest.raises(TooLateError):
        actions.grow(lab, idea, by=leader)


def test_a_proposal_may_grow_after_the_lab(lab, leader, idea):
    Lab.objects.filter(pk=lab.pk).update(state=LabState.CLOSED)

    assert actions.grow(lab, idea, by=leader).lab == lab


@pytest.mark.parametrize("missing", ["title", "first_step"])
def test_grow_says_what_is_missing(lab, leader, idea, missing):
    with pytest.raises(ValidationError) as refusal:
        actions.grow(lab, replace(idea, **{missing: ""}), by=leader)

    assert list(refusal.value.message_dict) == [missing]


def test_grow_takes_only_a_challenge_of_the_lab(lab, leader, idea):
    with pytest.raises(ValidationError, match="challenge"):
        actions.grow(lab, replace(idea, challenge=ChallengeFactory.create()), by=leader)


def test_a_source_from_another_lab_makes_nothing_grow(lab, leader, idea):
    with pytest.raises(ValidationError, match="sources"):
        actions.grow(lab, idea, by=leader, sources=[ContributionFactory.create()])

    assert not Proposal.objects.exists()
    assert not Event.objects.exists()


def test_a_source_named_twice_is_kept_once(lab, leader, idea, notes):
    assert actions.grow(lab, idea, by=leader, sources=[*notes, notes[0]]).sources.count() == 2


def test_any_member_may_improve_and_the_earlier_wording_is_kept(proposal, member):
    actions.improve(proposal, by=member, words={"title": "Visa allt halvfärdigt"})

    assert [w.title for w in proposal.history.all()] == ["Visa allt halvfärdigt", proposal.title]
    assert history_of(proposal)[0].actor == member
    assert history_of(proposal)[0].organisation == member.memberships.get().organisation


def test_improve_is_for_members(proposal, db):
    stranger = member_of(OrganisationFactory.create())
    stranger.memberships.all().delete()

    with pytest.raises(PermissionDenied):
        actions.improve(proposal, by=stranger, words={"title": "Mitt"})


def test_improve_refuses_an_empty_title(proposal, leader):
    with pytest.raises(ValidationError):
        actions.improve(proposal, by=leader, words={"title": ""})


def test_restore_brings_an_earlier_wording_back(proposal, leader):
    first = proposal.history.get()
    actions.improve(proposal, by=leader, words={"title": "Annat", "text": "Mer"})

    restored = actions.restore(proposal, wording=first.history_id, by=leader)

    assert (restored.title, restored.text) == (proposal.title, "")
    assert restored.history.count() == 3


def test_restore_knows_only_the_proposals_own_wordings(proposal, other, leader):
    with pytest.raises(proposal.history.model.DoesNotExist):
        actions.restore(proposal, wording=other.history.get().history_id, by=leader)


def test_withdraw_keeps_the_reason_and_reopen_undoes_it(proposal, leader):
    withdrawn = actions.withdraw(proposal, by=leader, why="Den gjordes redan")
    assert history_of(proposal)[0].details == {"why": "Den gjordes redan"}

    assert actions.reopen(withdrawn, by=leader).state == State.OPEN


def test_withdraw_needs_a_reason(proposal, leader):
    with pytest.raises(ValidationError, match="why"):
        actions.withdraw(proposal, by=leader, why="")


@pytest.mark.parametrize("gone", ["merge", "withdraw"])
def test_what_no_longer_stands_is_not_improved(proposal, other, leader, gone):
    if gone == "merge":
        actions.merge(proposal, into=other, by=leader)
    else:
        actions.withdraw(proposal, by=leader, why="Den gjordes redan")

    with pytest.raises(TooLateError):
        actions.improve(proposal, by=leader, words={"title": "Annat"})


def test_follow_answers_changes_nothing_where_the_move_does_not_start(proposal):
    actions.follow_answers(proposal, answer="wait_again")
    assert state_of(proposal) == State.OPEN

    actions.follow_answers(proposal, answer="take_on")
    assert state_of(proposal) == State.TAKEN


def test_nobody_makes_the_moves_that_follow_from_answers(proposal, leader):
    assert set(proposal.open_moves) == {"merge", "withdraw"}
    with pytest.raises(PermissionDenied):
        move(proposal, "take_on", by=leader)
