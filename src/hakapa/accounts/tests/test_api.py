from datetime import date

import pytest

from hakapa.accounts.tests.factories import OrganisationFactory, PopulationFactory

pytestmark = pytest.mark.django_db
LIST = "/api/v1/organisations"


def test_organisations_are_listed_in_swedish_order(client):
    for name in ("Östersund", "Åre", "Ale"):
        OrganisationFactory.create(name=name)

    told = client.get(LIST).json()
    assert told["count"] == 3
    assert [o["name"] for o in told["items"]] == ["Ale", "Åre", "Östersund"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_two_queries(client, django_assert_num_queries, count):
    for _ in range(count):
        PopulationFactory.create()

    with django_assert_num_queries(2):
        assert len(client.get(LIST).json()["items"]) == count


def test_an_organisation_is_told_with_its_population_over_time(client):
    old = PopulationFactory.create(
        organisation__name="Umeå", organisation__code="2480", organisation__county="AC"
    )
    PopulationFactory.create(
        organisation=old.organisation, value=1100, as_of=date(2025, 12, 31), source="SCB, ny"
    )

    assert client.get(f"{LIST}/{old.organisation_id}").json() == {
        "id": old.organisation_id,
        "name": "Umeå",
        "kind": "municipality",
        "code": "2480",
        "county": "AC",
        "inhabitants": 1100,
        "url": f"/organisationer/{old.organisation_id}/",
        "populations": [
            {"value": 1100, "as_of": "2025-12-31", "source": "SCB, ny"},
            {"value": 1000, "as_of": "2020-12-31", "source": "SCB"},
        ],
    }


def test_an_organisation_that_is_not_there_is_not_found(client):
    assert client.get(f"{LIST}/0").status_code == 404
    assert client.get(f"{LIST}/{10**30}").status_code == 404
