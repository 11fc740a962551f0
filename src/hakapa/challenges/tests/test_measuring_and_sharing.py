from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hakapa.accounts.tests.factories import UserFactory, officer_of
from hakapa.challenges import actions
from hakapa.challenges.models import EffectGoal, Measurement, SharedNeed
from hakapa.challenges.tests.factories import EffectGoalFactory
from hakapa.kernel.lifecycle import MoveNotAllowedError, TooLateError
from hakapa.process.models import Event
from hakapa.process.queries import history_of

WORDS = {
    "title": "Halt på gångvägen",
    "today": "Många faller.",
    "wish": "Hur räknar vi nyttan?",
    "affected": "De som går",
}
GOAL = {
    "measure": "Fall",
    "unit": "st",
    "baseline": Decimal(212),
    "baseline_on": date(2025, 4, 30),
    "target": Decimal(140),
    "target_on": date(2027, 4, 30),
}
DAY = date(2026, 2, 28)
NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)


pytestmark = pytest.mark.django_db


def deeds(thing):
    return [event.move for event in history_of(thing)]


def nothing_was_written_down():
    return not Event.objects.exists()


def test_a_goal_is_set_and_replaced(challenge, member):
    first = actions.set_goal(challenge, by=member, at=NOON, **GOAL)
    second = actions.set_goal(challenge, by=member, **GOAL | {"measure": "Brutna ben"})

    assert first.pk == second.pk == EffectGoal.objects.get().pk
    assert EffectGoal.objects.get().measure == "Brutna ben"
    assert deeds(challenge) == ["set_goal", "set_goal"]
    assert Event.objects.order_by("at").first().at == NOON


@pytest.mark.parametrize(
    "wrong", [{"target": Decimal(212)}, {"target_on": date(2025, 4, 30)}, {"measure": ""}]
)
def test_a_goal_that_says_nothing_is_refused(challenge, member, wrong):
    with pytest.raises(ValidationError):
        actions.set_goal(challenge, by=member, **GOAL | wrong)

    assert not EffectGoal.objects.exists()
    assert nothing_was_written_down()


def test_a_value_is_written_down(challenge, member):
    EffectGoalFactory.create(challenge=challenge)
    kept = actions.measure(
        challenge, by=member, value=Decimal("4.5"), measured_on=DAY, note="räknat", at=NOON
    )

    assert Measurement.objects.get() == kept
    assert (kept.value, kept.measured_on, kept.note) == (Decimal("4.5"), DAY, "räknat")
    assert [(e.move, e.at, e.organisation) for e in history_of(challenge)] == [
        ("measure", NOON, challenge.owner)
    ]


def test_without_a_goal_there_is_nothing_to_measure(challenge, member):
    with pytest.raises(TooLateError):
        actions.measure(challenge, by=member, value=Decimal(1), measured_on=DAY)


def test_a_day_has_one_value(challenge, member):
    EffectGoalFactory.create(challenge=challenge)
    actions.measure(challenge, by=member, value=Decimal(3), measured_on=DAY)
    with pytest.raises(ValidationError):
        actions.measure(challenge, by=member, value=Decimal(4), measured_on=DAY)

    assert [m.value for m in Measurement.objects.all()] == [3]


def test_only_the_owners_people_measure(challenge, stranger):
    EffectGoalFactory.create(challenge=challenge)
    with pytest.raises(PermissionDenied):
        actions.set_goal(challenge, by=stranger, **GOAL)
    with pytest.raises(PermissionDenied):
        actions.measure(challenge, by=stranger, value=Decimal(3), measured_on=DAY)

    assert nothing_was_written_down()


def test_we_have_it_too(challenge, stranger, neighbour):
    need = actions.share_need(
        challenge, by=stranger, organisation=neighbour, note="Hos oss med", at=NOON
    )

    assert SharedNeed.objects.get() == need
    assert (need.organisation, need.note, need.since) == (neighbour, "Hos oss med", NOON)
    assert [(e.move, e.organisation) for e in history_of(challenge)] == [("share_need", neighbour)]


def test_saying_it_twice_changes_the_note_and_not_the_day(challenge, stranger, neighbour):
    actions.share_need(challenge, by=stranger, organisation=neighbour, at=NOON)
    actions.share_need(challenge, by=stranger, organisation=neighbour, note="Än värre")

    kept = SharedNeed.objects.get()
    assert (kept.note, kept.since) == ("Än värre", NOON)


def test_nobody_says_it_for_others_or_for_the_owner(challenge, member, stranger, neighbour):
    with pytest.raises(PermissionDenied):
        actions.share_need(challenge, by=member, organisation=neighbour)
    with pytest.raises(PermissionDenied):
        actions.share_need(challenge, by=member, organisation=challenge.owner)
    with pytest.raises(PermissionDenied):
        actions.share_need(challenge, by=UserFactory.create(), organisation=neighbour)

    assert not SharedNeed.objects.exists()


def test_it_is_taken_back_by_who_works_there(challenge, member, stranger, neighbour):
    actions.share_need(challenge, by=stranger, organisation=neighbour)
    with pytest.raises(PermissionDenied):
        actions.withdraw_need(challenge, by=member, organisation=neighbour)
    assert SharedNeed.objects.count() == 1

    actions.withdraw_need(challenge, by=stranger, organisation=neighbour)
    actions.withdraw_need(challenge, by=stranger, organisation=neighbour)
    assert not SharedNeed.objects.exists()
    assert deeds(challenge) == ["withdraw_need", "share_need"]


def test_a_draft_cannot_be_shared(draft, stranger, neighbour):
    with pytest.raises(PermissionDenied):
        actions.share_need(draft, by=stranger, organisation=neighbour)


CHANGES = {
    "improve": lambda thing, by: actions.improve(thing, by=by, words={"title": "Sent"}),
    "set_goal": lambda thing, by: actions.set_goal(thing, by=by, **GOAL),
    "measure": lambda thing, by: actions.measure(thing, by=by, value=1, measured_on=DAY),
    "share": lambda thing, by: actions.share_need(thing, by=by, organisation=thing.owner),
    "withdraw": lambda thing, by: actions.withdraw_need(thing, by=by, organisation=thing.owner),
    "close": lambda thing, by: actions.close(thing, by=by, why="Igen"),
    "publish": lambda thing, by: actions.publish(thing, by=by),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_closed_changes_no_more(closed, change):
    with pytest.raises(TooLateError):
        change(closed, officer_of(closed.owner))

    assert nothing_was_written_down()


def test_reopening_what_is_open_comes_too_late(challenge, officer):
    with pytest.raises(MoveNotAllowedError):
        actions.reopen(challenge, by=officer)
