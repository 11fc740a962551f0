"""What is left of a person who leaves: nothing that tells who it was."""

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import connection
from django.test import Client

from hakapa.accounts import actions
from hakapa.accounts.models import Membership, User
from hakapa.accounts.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    member_of,
)
from hakapa.kernel.tests.pages import address

pytestmark = pytest.mark.django_db
UNIQUE = "eva.unik"


@pytest.fixture
def eva():
    """Somebody whose address, name and title are found nowhere else."""
    person = UserFactory.create(email=f"{UNIQUE}@example.org", name=f"Eva {UNIQUE}")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    MembershipFactory.create(user=person, title=f"chef {UNIQUE}")
    return person


def places_that_tell(words):
    """Return the tables in which some row holds the words."""
    found = set()
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS row WHERE row::text ILIKE %s',  # noqa: S608
                [f"%{words}%"],
            )
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def test_before_leaving_a_person_is_known_in_three_places(eva):
    assert places_that_tell(UNIQUE) == {
        "accounts_user", "accounts_membership", "account_emailaddress",
    }  # fmt: skip


def test_nothing_tells_of_a_person_who_left(eva):
    other = member_of(OrganisationFactory.create())
    rows = {m: m.objects.count() for m in (User, Membership, EmailAddress)}

    actions.erase(eva)

    assert places_that_tell(UNIQUE) == set()
    assert {m: rows[m] - m.objects.count() for m in rows} == {
        User: 1, Membership: 1, EmailAddress: 1,
    }  # fmt: skip
    assert list(User.objects.all()) == [other]


def test_leaving_from_the_page_ends_every_session(eva):
    here, elsewhere = Client(), Client()
    here.force_login(eva)
    elsewhere.force_login(eva)

    answer = here.post(address("accounts:erase"))

    assert (answer.status_code, answer["Location"]) == (302, address("web:start"))
    assert not User.objects.exists()
    assert "account and what it told about you are gone" in here.get("/en/").content.decode()
    assert elsewhere.get(address("accounts:me")).status_code == 302


def test_asking_first_changes_nothing(eva, client):
    client.force_login(eva)

    answer = client.get(address("accounts:erase"))

    assert answer.status_code == 200
    assert User.objects.get() == eva


def test_a_stranger_erases_nobody(eva, client):
    answer = client.post(address("accounts:erase"))

    assert answer["Location"].startswith(address("account_login"))
    assert User.objects.get() == eva
