from datetime import date, timedelta
from itertools import product

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from hakapa.accounts.tests.factories import OrganisationFactory, UserFactory, member_of, officer_of
from hakapa.commitments import actions, queries
from hakapa.commitments.lifecycle import WAITING, State
from hakapa.commitments.models import Commitment, Outcome
from hakapa.commitments.queries import Choice
from hakapa.commitments.standing import Standing
from hakapa.commitments.tests.conftest import DUE, LAB_DAY
from hakapa.commitments.tests.factories import CommitmentFactory
from hakapa.labs.lifecycle import State as LabState
from hakapa.labs.models import Lab
from hakapa.proposals import actions as proposals
from hakapa.proposals.models import Proposal

TODAY = "2026-06-07T10:00:00Z"


def put(commitment, state, due=None):
    """Put the commitment in the state, past the actions."""
    has_date = state in (*WAITING, State.KEPT)
    Commitment.objects.filter(pk=commitment.pk).update(
        state=state,
        due=(due or DUE) if has_date else None,
        next_step="Ring" if has_date else "",
        answered_on=None if state == State.ASKED else LAB_DAY.date(),
    )


def everybody(commitment):
    """Return a sample of users: strangers and those who have to do with the commitment."""
    lab = commitment.proposal.lab
    led_by = OrganisationFactory.create()
    lab.leaders.add(led_by)
    return {
        "anonymous": AnonymousUser(),
        "without organisation": UserFactory.create(),
        "member elsewhere": member_of(OrganisationFactory.create()),
        "officer elsewhere": officer_of(OrganisationFactory.create()),
        "member of receiver": member_of(commitment.receiver),
        "officer of receiver": officer_of(commitment.receiver),
        "host": member_of(lab.host),
        "lab leader": member_of(led_by),
    }


@pytest.mark.parametrize("gone", [None, "merge", "withdraw"])
def test_visible_to_agrees_with_the_rule_in_every_state(commitment, leader, gone):
    proposal = commitment.proposal
    if gone == "merge":
        idea = proposals.Idea("Helhet", "Börja", proposal.challenge)
        proposals.merge(proposal, into=proposals.grow(proposal.lab, idea, by=leader), by=leader)
    elif gone == "withdraw":
        proposals.withdraw(proposal, by=leader, why="Den gjordes redan")
    users = everybody(commitment)

    for state, lab_state in product(State, LabState):
        put(commitment, state)
        Lab.objects.filter(pk=proposal.lab_id).update(state=lab_state)
        fresh = Commitment.objects.get(pk=commitment.pk)
        for name, user in users.items():
            may_see = user.has_perm("commitments.view_commitment", fresh)
            seen = queries.visible_to(user).filter(pk=fresh.pk).exists()
            assert seen == may_see, (name, state, lab_state)


def test_a_question_is_seen_by_those_it_concerns_until_the_lab_is_closed(commitment):
    seen_by = {
        name
        for name, user in everybody(commitment).items()
        if queries.visible_to(user).filter(pk=commitment.pk).exists()
    }
    assert seen_by == {"member of receiver", "officer of receiver", "host", "lab leader"}

    Lab.objects.filter(pk=commitment.proposal.lab_id).update(state=LabState.CLOSED)
    assert queries.visible_to(AnonymousUser()).filter(pk=commitment.pk).exists()


def test_many_lab_leaders_do_not_multiply_what_is_seen(commitment, lab):
    user = member_of(commitment.receiver)
    lab.leaders.add(commitment.receiver, *OrganisationFactory.create_batch(2))

    assert queries.visible_to(user).filter(pk=commitment.pk).count() == 1


def test_reports_are_counted(commitment, officer):
    promise = actions.take(commitment, by=officer, next_step="Ring", due=DUE, at=LAB_DAY)
    told = actions.Report(Outcome.GOING_ON, "Snart", due_after=date(2999, 1, 1))
    actions.report(promise, told, by=officer)
    actions.report(promise, told, by=officer)

    assert queries.late_first(queries.visible_to(officer)).get(pk=promise.pk).reports == 2  # type: ignore[attr-defined]


@pytest.fixture
def every_standing(proposal):
    """One answer in each standing, and one late although only parked."""
    Commitment.objects.all().delete()
    soon = DUE + timedelta(30)
    made = {}
    for name, state, due in (
        ("late", State.TAKEN, DUE),
        ("parked late", State.PARKED, DUE + timedelta(1)),
        ("on its way", State.TAKEN, soon),
        ("hops on", State.HOPPED_ON, soon + timedelta(1)),
        ("parked", State.PARKED, soon + timedelta(2)),
        ("kept", State.KEPT, DUE),
        ("declined", State.DECLINED, None),
        ("not kept", State.NOT_KEPT, None),
        ("asked", State.ASKED, None),
    ):
        made[name] = CommitmentFactory.create(proposal=proposal)
        put(made[name], state, due)
    return made


@time_machine.travel(TODAY, tick=False)
def test_the_record_counts_each_answer_as_it_stands(every_standing, leader):
    assert queries.record(queries.visible_to(leader)) == queries.Record(
        asked=9,
        promised=5,
        kept=1,
        on_its_way=2,
        late=2,
        parked=1,
        declined=1,
        not_kept=1,
        unanswered=1,
        unclear=0,
    )
    assert queries.record(queries.visible_to(leader)).answered == 8


@time_machine.travel(TODAY, tick=False)
def test_late_comes_first_and_settled_last(every_standing, leader):
    names = {commitment.pk: name for name, commitment in every_standing.items()}

    chosen = [names[c.pk] for c in queries.chosen(leader, Choice())]

    assert chosen[:5] == ["late", "parked late", "on its way", "hops on", "parked"]
    assert set(chosen[5:]) == {"kept", "declined", "not kept"}


@time_machine.travel(TODAY, tick=False)
@pytest.mark.parametrize("standing", Standing)
def test_a_choice_of_standing_leaves_what_the_record_counts(every_standing, leader, standing):
    chosen = queries.chosen(leader, Choice(standing=standing))

    record = queries.record(queries.visible_to(leader))
    assert chosen.count() == getattr(record, standing.value)


def test_a_choice_narrows_by_receiver_challenge_lab_and_proposal(every_standing, leader, proposal):
    kept = every_standing["kept"]
    elsewhere = CommitmentFactory.create()
    put(elsewhere, State.KEPT)

    def chosen(**choice):
        return set(queries.chosen(leader, Choice(**choice)))

    assert chosen(receiver=kept.receiver_id) == {kept}
    assert elsewhere in chosen()
    for name, value in (
        ("challenge", proposal.challenge_id),
        ("lab", proposal.lab_id),
        ("proposal", proposal.pk),
    ):
        assert elsewhere not in chosen(**{name: value})
        assert kept in chosen(**{name: value})


def test_what_waits_is_only_for_those_it_waits_for(commitment, other, member, officer):
    assert list(queries.waiting_for(officer)) == [commitment]
    assert not queries.waiting_for(member)
    assert not queries.waiting_for(AnonymousUser())

    actions.take(commitment, by=officer, next_step="Ring", due=DUE, at=LAB_DAY)

    assert not queries.waiting_for(officer)
    assert list(queries.promised_for(officer)) == [commitment]
    assert not queries.promised_for(member)


def test_nothing_waits_about_what_no_longer_stands(commitment, officer, leader):
    proposals.withdraw(commitment.proposal, by=leader, why="Den gjordes redan")

    assert not queries.waiting_for(officer)


def test_filters_offer_only_what_was_answered_and_may_be_seen(commitment, officer, lab):
    nobody = AnonymousUser()
    assert not queries.receivers_seen_by(nobody)

    actions.take(commitment, by=officer, next_step="Ring", due=DUE, at=LAB_DAY)

    assert list(queries.receivers_seen_by(nobody)) == [commitment.receiver]
    assert list(queries.challenges_seen_by(nobody)) == [commitment.proposal.challenge]
    assert list(queries.labs_seen_by(nobody)) == [lab]

    Lab.objects.filter(pk=lab.pk).update(state=LabState.PLANNED)
    assert not queries.receivers_seen_by(nobody)


def test_changes_tell_answers_newest_first_and_no_questions(commitment, officer):
    assert queries.latest_changes(AnonymousUser()) == []
    promise = actions.take(commitment, by=officer, next_step="Ring", due=DUE, at=LAB_DAY)
    actions.report(promise, actions.Report(Outcome.KEPT, "Klart"), by=officer)

    moves = [change.event.move for change in queries.latest_changes(AnonymousUser())]

    assert moves == ["keep", "take"]


def test_changes_of_a_hidden_lab_are_told_to_nobody(commitment, officer, lab):
    actions.take(commitment, by=officer, next_step="Ring", due=DUE, at=LAB_DAY)
    Lab.objects.filter(pk=lab.pk).update(state=LabState.PLANNED)

    assert queries.latest_changes(AnonymousUser()) == []


def test_an_organisations_own_answers(every_standing, leader):
    kept = every_standing["kept"]

    assert list(queries.of_organisation(kept.receiver, leader)) == [kept]
    assert Proposal.objects.count() == 1
