from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hakapa.accounts import actions
from hakapa.accounts.models import Membership, Organisation, Population, Role, Unit, User
from hakapa.accounts.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    administrator_of,
    member_of,
    officer_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return OrganisationFactory.create()


@pytest.fixture
def boss(home):
    """The organisation's only administrator."""
    return administrator_of(home)


@pytest.fixture
def steward():
    """Somebody who runs the site."""
    return UserFactory.create(is_staff=True)


def roles_in(organisation):
    return {m.user.email: m.role for m in Membership.objects.filter(organisation=organisation)}


def test_who_runs_the_site_enters_organisations(steward):
    entered = actions.found(by=steward, name="Umeå", code="2480", county="Västerbottens län")

    assert list(Organisation.objects.values_list("name", "code", "kind", "county")) == [
        ("Umeå", "2480", "municipality", "Västerbottens län")
    ]
    assert Organisation.objects.get() == entered


def test_nobody_else_enters_organisations(home, boss):
    for person in (boss, UserFactory.create()):
        with pytest.raises(PermissionDenied):
            actions.found(by=person, name="Umeå")

    assert list(Organisation.objects.all()) == [home]


def test_an_organisation_that_is_not_whole_is_refused(steward, home):
    with pytest.raises(ValidationError) as refusal:
        actions.found(by=steward, name=home.name, kind="club")

    assert set(refusal.value.message_dict) == {"name", "kind"}


def test_a_person_is_called_as_they_say(home):
    person = member_of(home)
    actions.rename(person, name="Eva")

    assert User.objects.get().name == "Eva"


def test_counting_the_same_day_again_corrects_the_number(home):
    day = date(2025, 12, 31)
    actions.count(home, value=10, as_of=day, source="SCB")
    actions.count(home, value=12, as_of=day, source="SCB, rättad")

    kept = Population.objects.values_list("organisation", "value", "as_of", "source")
    assert list(kept) == [(home.pk, 12, day, "SCB, rättad")]


def test_departments_are_entered_once_and_in_the_order_told(home):
    present = Unit.objects.create(organisation=home, name="Miljö")
    names = [" Trafik ", "Miljö", "", "Trafik", "\u200b", "x" * 300]

    units = actions.units_named(home, names)
    assert [unit.name for unit in units] == ["Trafik", "Miljö", "x" * 200]
    assert units[1] == present
    assert Unit.objects.count() == 3


def test_a_department_of_the_same_name_elsewhere_is_another(home):
    elsewhere = actions.units_named(OrganisationFactory.create(), ["Miljö"])

    assert actions.units_named(home, ["Miljö"]) != elsewhere


def test_an_administrator_appoints_who_has_signed_up(home, boss):
    UserFactory.create(email="eva@example.org")
    actions.appoint(home, by=boss, email=" Eva@Example.org", role=Role.OFFICER, title="gatuchef")

    assert roles_in(home) == {boss.email: "administrator", "eva@example.org": "officer"}
    assert Membership.objects.get(user__email="eva@example.org").title == "gatuchef"


def test_appointing_again_changes_role_and_title(home, boss):
    person = officer_of(home)
    actions.appoint(home, by=boss, email=person.email, role=Role.MEMBER, title="handläggare")

    kept = Membership.objects.get(user=person)
    assert (kept.role, kept.title) == ("member", "handläggare")


def test_nobody_is_entered_without_an_account(home, boss):
    with pytest.raises(ValidationError) as refusal:
        actions.appoint(home, by=boss, email="okand@example.org", role=Role.MEMBER)

    assert list(refusal.value.message_dict) == ["email"]
    assert roles_in(home) == {boss.email: "administrator"}


def test_only_its_administrators_and_who_runs_the_site_appoint(home, boss, steward):
    person = UserFactory.create()
    strangers = (
        member_of(home), officer_of(home), administrator_of(OrganisationFactory.create()), person,
    )  # fmt: skip
    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            actions.appoint(home, by=stranger, email=person.email, role=Role.ADMINISTRATOR)
        with pytest.raises(PermissionDenied):
            actions.dismiss(home.memberships.get(user=boss), by=stranger)

    assert person.email not in roles_in(home)
    actions.appoint(home, by=steward, email=person.email, role=Role.MEMBER)
    assert roles_in(home)[person.email] == "member"


def test_the_last_administrator_keeps_the_role(home, boss):
    with pytest.raises(ValidationError):
        actions.appoint(home, by=boss, email=boss.email, role=Role.MEMBER)

    assert roles_in(home) == {boss.email: "administrator"}


def test_the_first_of_a_new_organisation_must_administer_it(home, steward):
    person = UserFactory.create()
    with pytest.raises(ValidationError):
        actions.appoint(home, by=steward, email=person.email, role=Role.MEMBER)

    assert roles_in(home) == {}


def test_who_no_longer_works_there_is_dismissed(home, boss):
    person = member_of(home)
    actions.dismiss(Membership.objects.get(user=person), by=boss)

    assert roles_in(home) == {boss.email: "administrator"}
    assert User.objects.filter(pk=person.pk).exists()


def test_the_last_administrator_is_not_dismissed(home, boss):
    member_of(home)
    with pytest.raises(ValidationError):
        actions.dismiss(Membership.objects.get(user=boss), by=boss)

    assert len(roles_in(home)) == 2


def test_one_of_two_administrators_may_go(home, boss):
    other = administrator_of(home)
    actions.dismiss(Membership.objects.get(user=boss), by=boss)

    assert roles_in(home) == {other.email: "administrator"}


def test_a_person_in_two_organisations_leaves_one(home, boss):
    person = member_of(home)
    MembershipFactory.create(user=person)
    actions.dismiss(home.memberships.get(user=person), by=boss)

    assert Membership.objects.filter(user=person).count() == 1
