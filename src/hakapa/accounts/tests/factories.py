from datetime import date

import factory
from factory.django import DjangoModelFactory

from hakapa.accounts.models import Membership, Organisation, Population, Role, Unit, User


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Kommun {n}")


class PopulationFactory(DjangoModelFactory[Population]):
    class Meta:
        model = Population

    organisation = factory.SubFactory(OrganisationFactory)
    value = 1000
    as_of = date(2020, 12, 31)
    source = "SCB"


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Förvaltning {n}")


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.MEMBER


def member_of(organisation: Organisation, role: Role = Role.MEMBER) -> User:
    """Return a new person who works for the organisation."""
    return MembershipFactory.create(organisation=organisation, role=role).user


def officer_of(organisation: Organisation) -> User:
    """Return a new person who speaks for the organisation."""
    return member_of(organisation, Role.OFFICER)


def administrator_of(organisation: Organisation) -> User:
    """Return a new person who administers the organisation."""
    return member_of(organisation, Role.ADMINISTRATOR)
