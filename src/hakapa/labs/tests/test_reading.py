from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from hakapa.accounts.tests.factories import OrganisationFactory, member_of
from hakapa.challenges.lifecycle import State as ChallengeState
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.labs import actions, codes, queries
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab, WrongCode
from hakapa.labs.tests.factories import (
    ContributionFactory,
    LabFactory,
    ParticipantFactory,
    ReceiverFactory,
)


@pytest.fixture
def every_kind_of_lab(host):
    labs = [LabFactory.create(host=host, state=state) for state in State]
    announced = LabFactory.create(state=State.CANCELLED, announced_at=timezone.now())
    led = LabFactory.create(state=State.PLANNED)
    led.leaders.add(host)
    received = ReceiverFactory.create(lab__state=State.PLANNED, organisation=host).lab
    return [*labs, announced, led, received]


def test_may_see_as_a_list_agrees_with_may_see_as_a_rule(
    every_kind_of_lab, leader, outsider, visitor
):
    for user in (AnonymousUser(), leader, outsider, visitor):
        listed = set(queries.visible_to(user))
        ruled = {lab for lab in Lab.objects.all() if user.has_perm("labs.view_lab", lab)}
        assert listed == ruled


def test_a_stranger_sees_what_is_announced(every_kind_of_lab):
    states = sorted(queries.visible_to(AnonymousUser()).values_list("state", flat=True))

    assert states == ["cancelled", "closed", "published", "running"]


def test_members_plan_and_only_the_host_and_the_leaders_lead(running, leader, outsider, visitor):
    assert outsider.has_perm("labs.add_lab")
    assert not visitor.has_perm("labs.add_lab")
    assert leader.has_perm("labs.lead_lab", running)
    assert not outsider.has_perm("labs.lead_lab", running)


def test_every_move_is_for_those_who_lead(running, leader, outsider):
    for move in Lab.lifecycle:
        assert leader.has_perm(f"labs.{move.name}_lab", running)
        assert not outsider.has_perm(f"labs.{move.name}_lab", running)


def test_the_list_is_narrowed_by_words_state_and_host(published, host):
    other = LabFactory.create(title="Sensorer i vattnet", purpose="Att dela kommunernas sensorer")
    anyone = AnonymousUser()

    def found(**narrowing):
        return set(queries.chosen(anyone, queries.Narrowing(**narrowing)))

    assert found() == {published, other}
    assert found(words="halkan") == {published}
    assert found(words="kommunerna") == {other}
    assert found(words="ensor") == {other}
    assert found(state="running") == {other}
    assert found(host=host.pk) == {published}


def test_a_code_leads_to_its_lab_however_it_is_typed(published):
    typed = f" {published.join_code[:3].lower()}-{published.join_code[3:]}"

    assert queries.door_of(typed) == queries.Door(published)


def test_codes_are_short_and_leave_out_what_looks_alike():
    assert len(codes.new_code()) == 6
    assert not set("01OIL") & set(codes.ALPHABET)


def test_drafts_stay_out_of_sight_on_the_labs_page(running, outsider):
    running.challenges.add(ChallengeFactory.create(state=ChallengeState.DRAFT))

    assert queries.challenges_of([running], outsider).count() == 1


def test_the_clock_counts_down_and_then_over(running):
    now = timezone.now()
    phase = running.phases.first()
    phase.started_at = now

    def shown(**later):
        left = queries.clock(phase, now + timedelta(**later))
        return left and (str(left), left.is_late, left.minutes)

    assert shown(minutes=2, seconds=30) == ("02:30", False, 3)
    assert shown(minutes=6, seconds=5) == ("−01:05", True, 2)
    assert queries.clock(None, now) is None
    assert queries.clock(running.phases.last(), now) is None


def test_tables_tell_people_and_notes_but_no_names(running):
    ParticipantFactory.create_batch(2, lab=running, table=2)
    ParticipantFactory.create(lab=running)
    ContributionFactory.create(lab=running, table=1)

    assert queries.tables(running) == [
        queries.TableCount(1, 0, 1),
        queries.TableCount(2, 2, 0),
        queries.TableCount(None, 1, 0),
    ]


def test_the_same_table_in_two_rooms_is_two_tables(running, leader):
    north = actions.add_room(running, by=leader, name="Norra salen")
    south = actions.add_room(running, by=leader, name="Södra salen")
    for room, people in ((south, 2), (north, 1)):
        seats = ParticipantFactory.create_batch(people, lab=running, room=room, table=3)
    actions.contribute(running, actions.Words("Sanda mer"), participant=seats[0])

    assert queries.tables(running) == [
        queries.TableCount(3, 1, 1, "Norra salen"),
        queries.TableCount(3, 2, 0, "Södra salen"),
    ]


def test_what_was_written_says_in_which_room(running, leader, english):
    room = actions.add_room(running, by=leader, name="Norra salen")
    places = [
        ContributionFactory.create(lab=running, **where).origin
        for where in ({}, {"table": 3}, {"room": room}, {"table": 3, "room": room})
    ]
    assert places == [
        "Proposal from the room",
        "Proposal · Table 3",
        "Proposal · Norra salen",
        "Proposal · Table 3, Norra salen",
    ]


def test_a_participant_is_known_by_the_token_alone(seat, running):
    assert queries.participant_of(running, seat.token) == seat
    assert queries.participant_of(running, "") is None
    assert queries.participant_of(LabFactory.create(), seat.token) is None


def test_hidden_contributions_are_for_those_who_lead(running, leader):
    hidden = actions.hide(ContributionFactory.create(lab=running), by=leader, why="Namn")

    assert hidden in queries.incoming(running)
    assert not queries.contributions_visible_to(leader).exists()


def test_wrong_codes_are_forgotten_after_a_while(db, monkeypatch):
    monkeypatch.setattr(codes, "MOST_FROM_AN_ADDRESS", 2)
    actions.count_wrong_code("192.0.2.1")
    assert not queries.guesses_too_much("192.0.2.1")
    actions.count_wrong_code("192.0.2.1")
    assert queries.guesses_too_much("192.0.2.1")
    assert not queries.guesses_too_much("192.0.2.2")
    assert not WrongCode.objects.filter(address__contains="192").exists()

    WrongCode.objects.update(created=timezone.now() - timedelta(minutes=11))
    assert not queries.guesses_too_much("192.0.2.1")
    actions.count_wrong_code("192.0.2.2")
    assert WrongCode.objects.count() == 1


def test_a_co_leader_prepares_a_lab_nobody_else_sees(planned):
    colleague = OrganisationFactory.create()
    planned.leaders.add(colleague)

    assert planned in queries.visible_to(member_of(colleague))
