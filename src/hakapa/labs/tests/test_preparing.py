from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import actions, queries
from hakapa.labs.tests.factories import ContributionFactory, ParticipantFactory

pytestmark = pytest.mark.usefixtures("english")


def test_a_lab_is_held_in_several_rooms_each_with_its_code(published, leader):
    umea = actions.add_room(published, by=leader, name="Umeå", place="Väven")
    kiruna = actions.add_room(published, by=leader, name="Kiruna")
    ParticipantFactory.create_batch(2, lab=published, room=umea)

    assert len({published.join_code, umea.join_code, kiruna.join_code}) == 3
    assert [(room.name, room.people) for room in queries.rooms(published)] == [
        ("Umeå", 2),
        ("Kiruna", 0),
    ]


def test_a_room_is_named_once(published, leader):
    actions.add_room(published, by=leader, name="Umeå")

    with pytest.raises(ValidationError):
        actions.add_room(published, by=leader, name="Umeå")


def test_a_room_where_somebody_sits_stays(published, leader):
    room = actions.add_room(published, by=leader, name="Umeå")
    seat = ParticipantFactory.create(lab=published, room=room)
    with pytest.raises(ValidationError, match="Somebody sits in Umeå"):
        actions.remove_room(room, by=leader)

    note = ContributionFactory.create(lab=published, room=room)
    seat.delete()
    with pytest.raises(ValidationError, match="Something was written in Umeå"):
        actions.remove_room(room, by=leader)

    note.delete()
    actions.remove_room(room, by=leader)
    assert not published.rooms.exists()


@pytest.fixture
def personal(a_plan, leader):
    return actions.plan(replace(a_plan, by_personal_codes=True), by=leader)


def test_so_many_codes_are_made_as_are_missing(personal, leader):
    assert actions.provide_codes(personal, by=leader, number=3) == 3
    assert actions.provide_codes(personal, by=leader, number=5) == 2
    assert actions.provide_codes(personal, by=leader, number=2) == 0

    first = personal.personal_codes.first()
    first.participant = ParticipantFactory.create(lab=personal)
    first.save()
    assert queries.codes_of(personal) == queries.Codes(all=5, used=1)
    assert len(set(personal.personal_codes.values_list("code", flat=True))) == 5


def test_codes_are_for_labs_that_ask_for_them_and_not_without_end(personal, planned, leader):
    with pytest.raises(ValidationError, match="open to everybody"):
        actions.provide_codes(planned, by=leader, number=3)
    with pytest.raises(ValidationError, match="At most 2000"):
        actions.provide_codes(personal, by=leader, number=2001)


def test_the_kind_of_code_stays_when_somebody_has_a_seat(published, a_plan, leader):
    other = replace(a_plan, by_personal_codes=True)
    ParticipantFactory.create(lab=published)
    with pytest.raises(ValidationError, match="kind of code stays"):
        actions.change(published, by=leader, plan=other)

    published.participants.all().delete()
    assert actions.change(published, by=leader, plan=other).by_personal_codes


def test_a_lab_that_is_open_for_days_ends_after_it_starts(a_plan, leader):
    week = replace(a_plan, open_until=a_plan.starts_at + timedelta(days=7))
    assert actions.plan(week, by=leader).open_until == week.open_until

    with pytest.raises(ValidationError, match="end after it starts"):
        actions.plan(replace(a_plan, open_until=a_plan.starts_at), by=leader)


def a_step(**other):
    usual = {"minutes": 12, "prompts_sv": ["Hur?"], "prompts_en": ["How?"]}
    return actions.Step(**{**usual, "ballot": "dots", "dots": 5, **other})


def test_the_run_sheet_is_the_labs_own(planned, leader):
    actions.rewrite(planned, by=leader, steps={4: a_step()})

    phase = planned.phases.get(position=4)
    assert (phase.minutes, phase.ballot, phase.dots) == (12, "dots", 5)
    assert (phase.prompts_sv, phase.prompts_en) == (["Hur?"], ["How?"])


def test_every_question_is_in_both_languages(planned, leader):
    with pytest.raises(ValidationError, match="both languages"):
        actions.rewrite(planned, by=leader, steps={4: a_step(prompts_en=[])})


def test_a_lab_that_has_begun_keeps_its_run_sheet(running, leader):
    with pytest.raises(TooLateError):
        actions.rewrite(running, by=leader, steps={4: a_step()})
