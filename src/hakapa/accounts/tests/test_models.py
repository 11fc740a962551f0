from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from hakapa.accounts.models import Organisation, OrganisationKind, Role, Unit, User
from hakapa.accounts.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    PopulationFactory,
    UnitFactory,
    UserFactory,
    member_of,
)

pytestmark = pytest.mark.django_db


def refuses(constraint, make):
    """Tell that the database refuses what is made, by the name of its constraint."""
    with pytest.raises(IntegrityError, match=f'"{constraint}"'), transaction.atomic():
        make()


def test_the_database_refuses_an_address_with_capitals():
    refuses("an_address_is_kept_in_lower_case", lambda: UserFactory.create(email="Eva@example.org"))


def test_the_database_refuses_a_second_user_of_an_address():
    UserFactory.create(email="eva@example.org")

    refuses("accounts_user_email_key", lambda: UserFactory.create(email="eva@example.org"))


def test_a_code_is_one_organisations_of_its_kind():
    OrganisationFactory.create(code="2480")

    refuses("one_organisation_per_code", lambda: OrganisationFactory.create(code="2480"))
    OrganisationFactory.create(code="2480", kind=OrganisationKind.REGION)


def test_organisations_without_a_code_are_many():
    assert len({o.pk for o in OrganisationFactory.create_batch(2, code="")}) == 2


def test_a_population_is_counted_once_a_day():
    first = PopulationFactory.create()

    refuses(
        "one_population_per_day", lambda: PopulationFactory.create(organisation=first.organisation)
    )


def test_a_department_has_a_name_of_its_own_in_its_organisation():
    unit = UnitFactory.create(name="Miljö")
    UnitFactory.create(name="Miljö")

    refuses(
        "one_unit_per_name",
        lambda: UnitFactory.create(organisation=unit.organisation, name="Miljö"),
    )


def test_a_person_works_for_an_organisation_once():
    membership = MembershipFactory.create()

    refuses(
        "one_membership_per_organisation",
        lambda: MembershipFactory.create(
            user=membership.user, organisation=membership.organisation, role=Role.OFFICER
        ),
    )


def test_organisations_and_departments_stand_in_swedish_order():
    names = ["Östersund", "Ängelholm", "Åre", "Ystad", "ale"]
    for name in names:
        OrganisationFactory.create(name=name)
        UnitFactory.create(organisation__name=f"{name}s förvaltning", name=name)

    whole = Organisation.objects.exclude(name__endswith="förvaltning")
    assert [o.name for o in whole] == ["ale", "Ystad", "Åre", "Ängelholm", "Östersund"]
    assert [u.name for u in Unit.objects.all()] == ["ale", "Ystad", "Åre", "Ängelholm", "Östersund"]


def test_the_newest_population_comes_first():
    old = PopulationFactory.create()
    new = PopulationFactory.create(organisation=old.organisation, as_of=date(2025, 12, 31))

    assert list(old.organisation.populations.all()) == [new, old]


def test_a_user_is_made_with_a_tidy_address_and_a_password():
    user = User.objects.create_user("  Eva@Example.ORG ", "tillsammans-ar-bast")

    assert user.email == "eva@example.org"
    assert user.check_password("tillsammans-ar-bast")
    assert (user.is_staff, user.is_superuser) == (False, False)


def test_a_user_without_a_password_cannot_sign_in_by_one():
    assert not User.objects.create_user("eva@example.org").has_usable_password()


def test_who_runs_the_site_is_above_no_rule():
    runner = User.objects.create_superuser("drift@example.org", "tillsammans-ar-bast")

    assert runner.is_staff
    assert runner.has_perm("accounts.add_organisation")
    assert not runner.has_perm("challenges.add_challenge")


def test_a_person_is_called_by_name_or_else_by_address():
    assert str(UserFactory.build(name="Eva")) == "Eva"
    assert str(UserFactory.build(name="", email="eva@example.org")) == "eva@example.org"


def test_roles_are_asked_for_once(django_assert_num_queries):
    organisation = OrganisationFactory.create()
    user = User.objects.get(pk=member_of(organisation, Role.OFFICER).pk)

    with django_assert_num_queries(1):
        assert user.roles == {organisation.pk: Role.OFFICER}
        assert user.roles == {organisation.pk: Role.OFFICER}


def test_things_say_what_they_are():
    membership = MembershipFactory.build(
        organisation__name="Umeå", title="gatuchef", role=Role.MEMBER
    )
    untitled = MembershipFactory.build(organisation__name="Umeå", role=Role.MEMBER)

    with translation.override("en"):
        assert (str(membership), str(untitled)) == ("gatuchef, Umeå", "member, Umeå")
    assert str(PopulationFactory.build(organisation__name="Umeå")) == "Umeå 2020-12-31: 1000"
    assert str(UnitFactory.build(name="Miljö")) == "Miljö"
