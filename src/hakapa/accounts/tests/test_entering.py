import pytest

from hakapa.accounts.models import Membership, Organisation, OrganisationKind, Population
from hakapa.accounts.tests.factories import (
    OrganisationFactory,
    UserFactory,
    administrator_of,
    member_of,
)
from hakapa.kernel.tests.pages import address, main_of

pytestmark = pytest.mark.django_db
NEW = address("accounts:new")


@pytest.fixture
def first():
    """Who will administer the new organisation."""
    return UserFactory.create(email="eva@example.org")


@pytest.fixture
def steward(client):
    steward = UserFactory.create(is_staff=True)
    client.force_login(steward)
    return steward


def told(**changes):
    return {
        "kind": "municipality",
        "name": "Umeå",
        "code": "2480",
        "county": "Västerbottens län",
        "inhabitants": "130224",
        "as_of": "2020-12-31",
        "source": "SCB",
        "administrator": "Eva@Example.org",
    } | changes


def test_the_steward_enters_an_organisation_with_all_it_needs(client, steward, first):
    answer = client.post(NEW, told())

    entered = Organisation.objects.get()
    assert answer["Location"] == address("accounts:organisation", entered.pk)
    assert (entered.name, entered.code, entered.county) == ("Umeå", "2480", "Västerbottens län")
    counted = Population.objects.values_list("value", "as_of__year", "source")
    assert list(counted) == [(130_224, 2020, "SCB")]
    assert [(m.user, m.role) for m in Membership.objects.all()] == [(first, "administrator")]


def test_a_population_may_wait(client, steward, first):
    client.post(NEW, told(inhabitants="", as_of="", source=""))

    assert (Organisation.objects.count(), Population.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("wrong", "field", "why"),
    [
        ({"name": ""}, "name", "This field is required."),
        ({"name": "Ale"}, "name", "There is already an organisation of that name."),
        ({"name": "å" * 81}, "name", "A word has more than 80 characters. Put in a space."),
        ({"code": "1440"}, "code", "There is already an organisation with that code."),
        ({"source": ""}, "inhabitants", "A population needs its day and its source."),
        ({"inhabitants": ""}, "inhabitants", "A population needs its day and its source."),
        ({"as_of": "31/12"}, "as_of", "Enter a valid date."),
        (
            {"inhabitants": "9" * 11},
            "inhabitants",
            "Ensure this value is less than or equal to 1000000000.",
        ),
        (
            {"administrator": "nobody@example.org"},
            "administrator",
            "Nobody with that address has an account.",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_kept(
    client, steward, first, wrong, field, why
):
    OrganisationFactory.create(name="Ale", code="1440")
    page = client.post(NEW, told(**wrong))

    assert page.status_code == 200
    assert why in page.context["form"].errors[field]
    assert why in main_of(page)
    assert Organisation.objects.count() == 1
    assert page.context["form"]["county"].value() == "Västerbottens län"
    assert 'value="Västerbottens län"' in page.content.decode()


def test_the_same_code_of_another_kind_is_fine(client, steward, first):
    OrganisationFactory.create(code="2480", kind=OrganisationKind.REGION)

    assert client.post(NEW, told()).status_code == 302


def test_the_form_is_shown_to_the_steward(client, steward):
    page = client.get(NEW)

    assert page.status_code == 200
    assert "The first administrator's e-mail address" in main_of(page)


def test_nobody_else_enters_organisations(client, first):
    home = OrganisationFactory.create()
    for person in (first, member_of(home), administrator_of(home)):
        client.force_login(person)
        assert client.get(NEW).status_code == 403
        assert client.post(NEW, told()).status_code == 403

    assert list(Organisation.objects.all()) == [home]


def test_a_stranger_is_asked_to_sign_in_and_comes_back(client):
    answer = client.get(NEW)

    assert answer["Location"] == f"{address('account_login')}?next={NEW}"
