from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from hakapa.accounts.tests.factories import OrganisationFactory, member_of
from hakapa.challenges import actions
from hakapa.challenges.lifecycle import State
from hakapa.challenges.models import Challenge, EffectGoal, Measurement, SharedNeed
from hakapa.challenges.tags import Barrier, Theme


class ChallengeFactory(DjangoModelFactory[Challenge]):
    """An open challenge."""

    class Meta:
        model = Challenge

    title = factory.Sequence(lambda n: f"Mätdata stannar i förvaltning {n}")
    today = "Vatten, gata och fastighet mäter samma stad var för sig."
    wish = "Hur kan vi se varandras mätningar?"
    affected = "Alla som planerar staden"
    owner = factory.SubFactory(OrganisationFactory)
    state = State.OPEN


class EffectGoalFactory(DjangoModelFactory[EffectGoal]):
    class Meta:
        model = EffectGoal

    challenge = factory.SubFactory(ChallengeFactory)
    measure = "Förvaltningar som använder varandras mätdata"
    unit = "av 10"
    baseline = Decimal(1)
    baseline_on = date(2026, 1, 1)
    target = Decimal(8)
    target_on = date(2026, 12, 31)


class SharedNeedFactory(DjangoModelFactory[SharedNeed]):
    class Meta:
        model = SharedNeed

    challenge = factory.SubFactory(ChallengeFactory)
    organisation = factory.SubFactory(OrganisationFactory)


def whole_challenge(**fields: object) -> Challenge:
    """Return a challenge with everything that a page can show."""
    challenge = ChallengeFactory.create(
        themes=[Theme.CARE],
        barriers=[Barrier.MONEY],
        cost_of_nothing=46_000_000,
        tried="En gemensam mapp",
        owner_role="gatuchef",
        **fields,
    )
    goal = EffectGoalFactory.create(challenge=challenge)
    for month in (2, 3):
        Measurement.objects.create(goal=goal, value=month, measured_on=date(2026, month, 1))
    SharedNeedFactory.create_batch(2, challenge=challenge, note="Hos oss med")
    words = {"wish": "Bättre ord"}
    actions.improve(challenge, by=member_of(challenge.owner), words=words, units=["Gata"])
    return challenge
