import pytest
from django.contrib.auth.models import AnonymousUser

from hakapa.accounts.tests.factories import (
    OrganisationFactory,
    UserFactory,
    administrator_of,
    member_of,
    officer_of,
)

pytestmark = pytest.mark.django_db


def test_who_may_enter_and_who_may_appoint():
    home = OrganisationFactory.create()
    people = {
        "stranger": AnonymousUser(),
        "newcomer": UserFactory.create(),
        "member": member_of(home),
        "officer": officer_of(home),
        "administrator": administrator_of(home),
        "administrator elsewhere": administrator_of(OrganisationFactory.create()),
        "steward": UserFactory.create(is_staff=True),
    }
    rights = {
        who: (
            user.has_perm("accounts.add_organisation"),
            user.has_perm("accounts.appoint_organisation", home),
        )
        for who, user in people.items()
    }

    assert rights == {
        "stranger": (False, False),
        "newcomer": (False, False),
        "member": (False, False),
        "officer": (False, False),
        "administrator": (False, True),
        "administrator elsewhere": (False, False),
        "steward": (True, True),
    }
