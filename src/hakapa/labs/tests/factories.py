from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from hakapa.accounts.tests.factories import OrganisationFactory
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Contribution, Kind, Lab, Participant, Receiver


class LabFactory(DjangoModelFactory[Lab]):
    """A running lab without a run sheet; plan one by the action to get its phases."""

    class Meta:
        model = Lab
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Labb {n}")
    template = "blixtlabb-45"
    host = factory.SubFactory(OrganisationFactory)
    starts_at = factory.LazyFunction(timezone.now)
    state = State.RUNNING

    @factory.post_generation
    def challenges(lab, create, extracted, **kwargs):  # noqa: ARG002, N805
        lab.challenges.set(extracted if extracted is not None else [ChallengeFactory.create()])


class ReceiverFactory(DjangoModelFactory[Receiver]):
    class Meta:
        model = Receiver

    lab = factory.SubFactory(LabFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class ParticipantFactory(DjangoModelFactory[Participant]):
    class Meta:
        model = Participant

    lab = factory.SubFactory(LabFactory)


class ContributionFactory(DjangoModelFactory[Contribution]):
    """A statement that the room may vote on."""

    class Meta:
        model = Contribution

    lab = factory.SubFactory(LabFactory)
    challenge = factory.LazyAttribute(lambda c: c.lab.challenges.first())
    kind = Kind.PROPOSAL
    text = factory.Sequence(lambda n: f"Dela först, be om ursäkt sen {n}")
    key = factory.LazyFunction(uuid4)
    is_statement = True
