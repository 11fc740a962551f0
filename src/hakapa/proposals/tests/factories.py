import factory
from factory.django import DjangoModelFactory

from hakapa.labs.tests.factories import LabFactory
from hakapa.proposals.models import Proposal


class ProposalFactory(DjangoModelFactory[Proposal]):
    """An open proposal; made past the actions, so no receiver has been asked."""

    class Meta:
        model = Proposal

    title = factory.Sequence(lambda n: f"Visa halvfärdigt {n}")
    first_step = "Öppna en förstudie"
    lab = factory.SubFactory(LabFactory)
    challenge = factory.LazyAttribute(lambda p: p.lab.challenges.first())
