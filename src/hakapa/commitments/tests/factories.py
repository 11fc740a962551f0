import factory
from factory.django import DjangoModelFactory

from hakapa.accounts.tests.factories import OrganisationFactory
from hakapa.commitments.models import Commitment
from hakapa.proposals.tests.factories import ProposalFactory


class CommitmentFactory(DjangoModelFactory[Commitment]):
    """A question to a receiver, not answered yet."""

    class Meta:
        model = Commitment

    proposal = factory.SubFactory(ProposalFactory)
    receiver = factory.SubFactory(OrganisationFactory)
