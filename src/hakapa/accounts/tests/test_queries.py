import json
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from hakapa.accounts import queries
from hakapa.accounts.models import OrganisationKind, Role
from hakapa.accounts.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    PopulationFactory,
    UserFactory,
    administrator_of,
    member_of,
    officer_of,
)
from hakapa.kernel import personal

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()


def test_everybody_sees_every_organisation_with_its_latest_population():
    counted = PopulationFactory.create(organisation__name="Ale", value=30).organisation
    PopulationFactory.create(organisation=counted, value=31, as_of=date(2025, 12, 31))
    OrganisationFactory.create(name="Bo")

    for user in (STRANGER, UserFactory.create(), member_of(counted)):
        seen = [(o.name, o.inhabitants) for o in queries.visible_to(user)]
        assert seen == [("Ale", 31), ("Bo", None)]


def test_the_list_is_narrowed_by_words_and_by_kind():
    for name in ("Östersund", "Östhammar", "Ale"):
        OrganisationFactory.create(name=name)
    OrganisationFactory.create(name="Region Öst", kind=OrganisationKind.REGION)

    def names(**choice):
        return [o.name for o in queries.chosen(STRANGER, **choice)]

    assert names(words="öst") == ["Region Öst", "Östersund", "Östhammar"]
    assert names(kind="region") == ["Region Öst"]
    assert names(words="öst", kind="municipality") == ["Östersund", "Östhammar"]
    assert names() == ["Ale", "Region Öst", "Östersund", "Östhammar"]


def test_who_works_where_and_may_do_what():
    home, other = OrganisationFactory.create_batch(2)
    rights = {
        role: (
            queries.is_member(user, home.pk),
            queries.speaks_for(user, home.pk),
            queries.administers(user, home.pk),
        )
        for role, user in {
            "member": member_of(home),
            "officer": officer_of(home),
            "administrator": administrator_of(home),
            "elsewhere": administrator_of(other),
            "nowhere": UserFactory.create(),
            "stranger": STRANGER,
        }.items()
    }

    assert rights == {
        "member": (True, False, False),
        "officer": (True, True, False),
        "administrator": (True, True, True),
        "elsewhere": (False, False, False),
        "nowhere": (False, False, False),
        "stranger": (False, False, False),
    }


def test_a_member_anywhere_is_a_member():
    assert queries.is_member(member_of(OrganisationFactory.create()))
    assert not queries.is_member(UserFactory.create())
    assert not queries.is_member(STRANGER)


def test_a_person_may_work_for_several_and_speak_for_some():
    user = UserFactory.create()
    member, officer, administrator = (
        MembershipFactory.create(user=user, role=role).organisation
        for role in (Role.MEMBER, Role.OFFICER, Role.ADMINISTRATOR)
    )
    OrganisationFactory.create()

    assert set(queries.organisations_of(user)) == {member, officer, administrator}
    assert set(queries.spoken_for_by(user)) == {officer, administrator}
    assert list(queries.organisations_of(STRANGER)) == []
    assert list(queries.spoken_for_by(STRANGER)) == []


def test_who_acts_acts_for_one_of_their_own_organisations():
    user = UserFactory.create()
    first, second = (MembershipFactory.create(user=user).organisation for _ in range(2))
    elsewhere = OrganisationFactory.create()

    assert queries.acting_for(user, second) == second
    assert queries.acting_for(user, elsewhere) == first
    assert queries.acting_for(UserFactory.create(), elsewhere) is None
    assert queries.acting_for(STRANGER, elsewhere) is None


def test_members_are_listed_by_address_in_one_query(django_assert_num_queries):
    home = OrganisationFactory.create()
    for address in ("b@example.org", "a@example.org"):
        MembershipFactory.create(organisation=home, user__email=address)
    MembershipFactory.create()

    with django_assert_num_queries(1):
        listed = [(m.user.email, m.unit) for m in queries.members_of(home)]
    assert listed == [("a@example.org", None), ("b@example.org", None)]


def test_all_about_a_person_is_all_that_is_kept(monkeypatch):
    monkeypatch.setattr(personal, "_tellers", {})  # what other features add, they test
    moment = datetime(2026, 3, 16, 9, tzinfo=UTC)
    user = UserFactory.create(email="eva@example.org", name="Eva", created=moment)
    MembershipFactory.create(user=user, organisation__name="Umeå", title="gatuchef", created=moment)

    about = queries.all_about(user)
    assert json.loads(json.dumps(about)) == {
        "email": "eva@example.org",
        "name": "Eva",
        "created": "2026-03-16T09:00:00+00:00",
        "last_login": None,
        "memberships": [
            {
                "organisation": "Umeå",
                "role": "member",
                "title": "gatuchef",
                "since": "2026-03-16T09:00:00+00:00",
            }
        ],
    }
    user.last_login = moment
    assert queries.all_about(user)["last_login"] == "2026-03-16T09:00:00+00:00"
