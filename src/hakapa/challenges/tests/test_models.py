from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from hakapa.accounts.models import User
from hakapa.challenges import actions
from hakapa.challenges.lifecycle import LIFECYCLE, State
from hakapa.challenges.models import Challenge, Measurement
from hakapa.challenges.tags import Barrier, Theme
from hakapa.challenges.tests.factories import (
    ChallengeFactory,
    EffectGoalFactory,
    SharedNeedFactory,
)

pytestmark = pytest.mark.django_db


def refuses(constraint, make):
    """Tell that the database refuses what is made, by the name of its constraint."""
    with pytest.raises(IntegrityError, match=f'"{constraint}"'), transaction.atomic():
        make()


def test_the_database_refuses_a_negative_cost():
    refuses("a_cost_is_not_negative", lambda: ChallengeFactory.create(cost_of_nothing=-1))
    ChallengeFactory.create(cost_of_nothing=0)


@pytest.mark.parametrize("last", [date(2026, 1, 1), date(2025, 12, 31)])
def test_the_database_refuses_a_target_that_is_not_later_than_its_baseline(last):
    refuses("a_target_lies_after_its_baseline", lambda: EffectGoalFactory.create(target_on=last))


def test_the_database_refuses_a_target_that_changes_nothing():
    refuses(
        "a_target_differs_from_its_baseline", lambda: EffectGoalFactory.create(target=Decimal(1))
    )


def test_the_database_refuses_a_second_value_of_a_day():
    goal = EffectGoalFactory.create()
    day = date(2026, 3, 1)
    Measurement.objects.create(goal=goal, value=3, measured_on=day)

    refuses(
        "one_measurement_per_day",
        lambda: Measurement.objects.create(goal=goal, value=4, measured_on=day),
    )


def test_the_database_refuses_a_second_goal():
    goal = EffectGoalFactory.create()

    refuses(
        "challenges_effectgoal_challenge_id_key",
        lambda: EffectGoalFactory.create(challenge=goal.challenge),
    )


def test_the_database_refuses_to_count_an_organisation_twice():
    need = SharedNeedFactory.create()

    refuses(
        "an_organisation_has_a_need_once",
        lambda: SharedNeedFactory.create(challenge=need.challenge, organisation=need.organisation),
    )


def test_what_would_be_refused_is_said_in_words_first():
    goal = EffectGoalFactory.build(challenge=ChallengeFactory.create(), target=Decimal(1))
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        goal.full_clean()

    assert refusal.value.messages == ["The target must differ from today's value."]


def test_the_owner_and_everybody_who_said_so_have_the_challenge():
    challenge = SharedNeedFactory.create().challenge

    assert (challenge.having, ChallengeFactory.create().having) == (2, 1)


def test_tags_are_told_by_their_names():
    challenge = ChallengeFactory.build(
        themes=[Theme.CARE, Theme.IOT], barriers=[Barrier.MONEY, Barrier.IDEA]
    )
    with translation.override("en"):
        assert challenge.theme_names == ["care", "sensors and things"]
        assert challenge.barrier_names == ["money", "the idea itself"]


def test_a_challenge_outlives_its_author_and_can_still_be_moved(member, officer):
    words = {"title": "A", "today": "B", "wish": "C", "affected": "D"}
    challenge = actions.start(by=member, owner=officer.memberships.get().organisation, words=words)
    User.objects.get(pk=member.pk).delete()

    opened = actions.publish(challenge, by=officer)
    assert (opened.author, opened.state) == (None, State.OPEN)


def test_things_say_what_they_are():
    goal = EffectGoalFactory.build(measure="Fallolyckor")
    measurement = Measurement(goal=goal, value=3, measured_on=date(2026, 3, 1))
    need = SharedNeedFactory.build(challenge__title="Halka", organisation__name="Ale")

    assert [str(goal), str(measurement), str(need)] == [
        "Fallolyckor", "2026-03-01: 3", "Ale: Halka",
    ]  # fmt: skip


def test_every_state_is_reached_and_every_move_starts_from_one():
    reached = {State.DRAFT} | {move.target for move in LIFECYCLE}

    assert reached == set(State)
    assert {move.source for move in LIFECYCLE} == set(State)
    assert {Challenge(state=state).open_moves == [] for state in State} == {False}
