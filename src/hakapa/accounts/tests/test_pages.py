import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from hakapa.accounts.models import OrganisationKind
from hakapa.accounts.tests.factories import (
    OrganisationFactory,
    PopulationFactory,
    UserFactory,
    administrator_of,
    member_of,
    officer_of,
)
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.kernel.tests.pages import address, headings_of, main_of

pytestmark = pytest.mark.django_db
LIST = address("accounts:index")


@pytest.fixture
def umea():
    return PopulationFactory.create(
        organisation__name="Umeå",
        organisation__code="2480",
        organisation__county="Västerbottens län",
        value=130_224,
    ).organisation


def names_on(page):
    return [organisation.name for organisation in page.context["organisations"]]


def test_the_list_says_name_kind_county_and_inhabitants(client, umea):
    page = client.get(LIST)

    assert page.status_code == 200
    assert "Umeå municipality Västerbottens län 130,224" in main_of(page)
    assert headings_of(page) == ["1 organisation"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_one_query(client, django_assert_num_queries, count):
    for _ in range(count):
        PopulationFactory.create()
    client.get(LIST)

    with django_assert_num_queries(2):  # the list, and whether this is the demo
        page = client.get(LIST)
    assert len(names_on(page)) == count


def test_the_list_is_narrowed_as_asked(client, umea):
    OrganisationFactory.create(name="Region Umeå", kind=OrganisationKind.REGION)
    OrganisationFactory.create(name="Ale")

    assert names_on(client.get(LIST, {"words": "ume"})) == ["Region Umeå", "Umeå"]
    assert names_on(client.get(LIST, {"words": "ume", "kind": "region"})) == ["Region Umeå"]


def test_a_choice_that_does_not_exist_narrows_nothing(client, umea):
    assert names_on(client.get(LIST, {"kind": "club", "words": "x" * 101})) == ["Umeå"]


def test_an_empty_list_says_what_to_do(client):
    page = client.get(LIST, {"words": "Atlantis"})

    assert "No organisation of that name" in main_of(page)


def test_only_who_runs_the_site_is_offered_to_enter_one(client, umea):
    offers = {}
    for who in (UserFactory.create(is_staff=True), administrator_of(umea)):
        client.force_login(who)
        offers[who.is_staff] = address("accounts:new") in main_of_html(client.get(LIST))

    assert offers == {True: True, False: False}


def main_of_html(page):
    return page.content.decode().partition("<main")[2]


def test_the_list_is_downloaded_as_narrowed(client, umea):
    OrganisationFactory.create(name="=HYPERLINK(1)")

    answer = client.get(address("accounts:list", "csv"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == [
        ["id", "Name", "Kind", "Code", "County", "Inhabitants", "Address"],
        [rows[1][0], "'=HYPERLINK(1)", "municipality", "", "", "", rows[1][6]],
        [
            str(umea.pk), "Umeå", "municipality", "2480", "Västerbottens län", "130224",
            f"http://localhost:8000/en/organisationer/{umea.pk}/",
        ],
    ]  # fmt: skip

    answer = client.get(address("accounts:list", "xlsx"), {"words": "ume"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [row[1] for row in sheet.values] == ["Name", "Umeå"]


def test_another_form_of_the_list_does_not_exist(client):
    assert client.get(address("accounts:list", "pdf")).status_code == 404


def test_an_organisations_page_says_where_its_number_comes_from(client, umea):
    PopulationFactory.create(
        organisation=umea, value=135_000, as_of=date(2025, 12, 31), source="SCB, 2026"
    )
    page = client.get(address("accounts:organisation", umea.pk))

    assert headings_of(page, 1) == ["Umeå"]
    assert "Municipality, Västerbottens län 135,000 inhabitants on" in main_of(page)
    assert "(source: SCB, 2026)" in main_of(page)


def test_an_organisation_without_anything_says_so(client):
    bare = OrganisationFactory.create()
    page = client.get(address("accounts:organisation", bare.pk))

    assert "Nothing here yet" in main_of(page)
    assert "inhabitants" not in main_of(page)


def test_an_organisations_challenges_stand_on_its_page(client, umea):
    challenge = ChallengeFactory.create(owner=umea)
    page = client.get(address("accounts:organisation", umea.pk))

    assert challenge.title in main_of(page)
    assert "Nothing here yet" not in main_of(page)


def test_only_administrators_are_shown_the_way_to_who_works_there(client, umea):
    way = address("accounts:members", umea.pk)
    shown = {}
    for make in (member_of, officer_of, administrator_of):
        client.force_login(make(umea))
        page = client.get(address("accounts:organisation", umea.pk))
        shown[make.__name__] = way in page.content.decode()

    assert shown == {"member_of": False, "officer_of": False, "administrator_of": True}


def test_an_organisation_that_is_not_there_is_not_found(client):
    assert client.get(address("accounts:organisation", 0)).status_code == 404
    assert client.get(f"{LIST}{10**30}/").status_code == 404


def test_who_is_signed_in_already_is_told_so_when_asking_for_a_new_password(client, umea):
    client.force_login(member_of(umea))
    page = client.get(address("account_reset_password"))

    assert "You are already logged in as" in " ".join(page.content.decode().split())
