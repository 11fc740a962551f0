from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from hakapa.accounts.tests.factories import OrganisationFactory, member_of
from hakapa.challenges.lifecycle import State as ChallengeState
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import actions
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab
from hakapa.process.models import Event


def test_a_plan_becomes_a_lab_with_its_own_run_sheet(planned):
    assert planned.state == State.PLANNED
    assert [phase.key for phase in planned.phases.all()] == [
        "pitch", "silent", "table", "vote", "handover", "close",
    ]  # fmt: skip
    assert planned.phases.get(key="silent").captures == ["insight", "obstacle"]
    assert Event.objects.get(move="plan").organisation == planned.host


def test_only_the_hosts_people_plan_its_labs(a_plan, outsider):
    with pytest.raises(PermissionDenied):
        actions.plan(a_plan, by=outsider)


def test_a_plan_needs_a_template_that_exists(a_plan, leader):
    with pytest.raises(KeyError):
        actions.plan(replace(a_plan, template="allsång"), by=leader)
    assert not Lab.objects.exists()


def test_another_template_writes_a_new_run_sheet(planned, a_plan, leader):
    actions.change(planned, by=leader, plan=replace(a_plan, template="samtycke", title="Beslut"))

    planned.refresh_from_db()
    assert planned.title == "Beslut"
    assert planned.phases.count() == 6
    assert planned.phases.first().key == "present"


def test_the_same_template_keeps_the_run_sheet(planned, a_plan, leader):
    phases = list(planned.phases.values_list("pk", flat=True))

    actions.change(planned, by=leader, plan=replace(a_plan, place="Sal B"))

    assert list(planned.phases.values_list("pk", flat=True)) == phases


def test_a_challenge_that_joins_a_published_lab_follows_into_it(published, a_plan, leader):
    late = ChallengeFactory.create()

    actions.change(published, by=leader, plan=replace(a_plan, challenges=[late]))

    late.refresh_from_db()
    assert late.state == ChallengeState.IN_LAB


def test_a_lab_that_has_begun_is_not_changed(running, a_plan, leader):
    with pytest.raises(TooLateError):
        actions.change(running, by=leader, plan=a_plan)


def test_nobody_else_changes_the_plan(planned, a_plan, outsider):
    with pytest.raises(PermissionDenied):
        actions.change(planned, by=outsider, plan=a_plan)


def test_leaders_from_other_organisations_lead_too(planned, a_plan, leader):
    orebro = OrganisationFactory.create()
    actions.change(planned, by=leader, plan=replace(a_plan, leaders=[orebro]))

    actions.invite(planned, by=member_of(orebro), organisation=orebro)

    assert planned.receivers.count() == 1


def test_an_invitation_twice_is_one_with_the_newer_role(planned, leader, receiver):
    actions.invite(planned, by=leader, organisation=receiver, role="chef")
    actions.invite(planned, by=leader, organisation=receiver, role="gatuchef")

    assert [str(r) for r in planned.receivers.all()] == ["gatuchef, Örebro"]


def test_a_receiver_answers_for_the_labs_own_challenges_only(planned, leader, receiver, challenge):
    with pytest.raises(ValidationError):
        actions.invite(
            planned, by=leader, organisation=receiver, challenges=[ChallengeFactory.create()]
        )

    kept = actions.invite(planned, by=leader, organisation=receiver, challenges=[challenge])
    assert list(kept.challenges.all()) == [challenge]


def test_nobody_is_invited_to_a_closed_lab(closed, leader, receiver):
    with pytest.raises(TooLateError):
        actions.invite(closed, by=leader, organisation=receiver)


def test_a_planned_lab_may_lose_its_only_receiver(planned, leader, receiver):
    actions.invite(planned, by=leader, organisation=receiver)
    actions.uninvite(planned, by=leader, organisation=receiver)

    assert not planned.receivers.exists()


def test_a_published_lab_keeps_a_receiver(published, leader, receiver):
    with pytest.raises(ValidationError):
        actions.uninvite(published, by=leader, organisation=receiver)

    assert published.receivers.count() == 1


def test_a_lab_without_a_receiver_is_not_published(planned, leader):
    with pytest.raises(ValidationError, match="mottagare"):
        actions.publish(planned, by=leader)

    planned.refresh_from_db()
    assert planned.state == State.PLANNED


def test_publishing_takes_the_challenges_along(published, challenge):
    challenge.refresh_from_db()

    assert (published.state, challenge.state) == (State.PUBLISHED, ChallengeState.IN_LAB)
    assert published.announced_at <= timezone.now()


def test_publishing_is_for_those_who_lead(planned, outsider):
    with pytest.raises(PermissionDenied):
        actions.publish(planned, by=outsider)


def test_a_cancelled_lab_says_why(published, leader):
    cancelled = actions.cancel(published, by=leader, why="Salen brann")

    assert cancelled.state == State.CANCELLED
    assert Event.objects.get(move="cancel").details == {"why": "Salen brann"}
