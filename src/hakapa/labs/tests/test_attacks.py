"""What somebody with bad intent tried once, and must not manage again."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from hakapa.accounts.tests.factories import OrganisationFactory, member_of
from hakapa.challenges.lifecycle import State as ChallengeState
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.labs import actions
from hakapa.labs.lifecycle import State
from hakapa.labs.tests.factories import ContributionFactory, LabFactory, ReceiverFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return ChallengeFactory.create(state=ChallengeState.DRAFT)


def a_plan(lab, **changes):
    told = {"title": "T", "template": lab.template, "host": lab.host, "starts_at": lab.starts_at}
    return actions.Plan(**{**told, "challenges": list(lab.challenges.all()), **changes})


def test_a_draft_does_not_come_into_the_open_through_a_lab(draft):
    lab = LabFactory.create(state=State.PLANNED, challenges=[draft])
    ReceiverFactory.create(lab=lab)

    with pytest.raises(ValidationError, match="utkast"):
        actions.publish(lab, by=member_of(lab.host))

    lab.refresh_from_db()
    assert lab.state == State.PLANNED


def test_a_draft_does_not_join_a_published_lab(client, draft):
    lab = LabFactory.create(state=State.PUBLISHED)
    leader = member_of(lab.host)

    with pytest.raises(ValidationError, match="utkast"):
        actions.change(lab, by=leader, plan=a_plan(lab, challenges=[draft]))

    own = ChallengeFactory.create(owner=lab.host, state=ChallengeState.DRAFT, title="Hemligt")
    client.force_login(leader)
    assert own.title not in client.get(f"/labb/{lab.pk}/andra/").text


@pytest.mark.parametrize("when", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_day_outside_every_calendar_is_refused_beside_the_field(client, when):
    host = OrganisationFactory.create()
    challenge = ChallengeFactory.create()
    client.force_login(member_of(host))
    sent = {"title": "T", "host": host.pk, "challenges": [challenge.pk], "starts_at": when}

    page = client.post("/labb/ny/blixtlabb-45/", sent)

    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["starts_at"]


def test_a_hidden_statement_is_not_shown_to_who_asks_for_it(client):
    lab = LabFactory.create()
    hidden = ContributionFactory.create(
        lab=lab, text="Skvaller", hidden_at=timezone.now(), hidden_why="namn"
    )
    client.post(f"/labb/med/{lab.join_code}/", {"perspective": "resident"})

    assert client.get(f"/labb/med/{lab.join_code}/rosta/?om={hidden.pk}").status_code == 404


def test_numbers_of_five_thousand_digits_are_no_numbers(client):
    lab = LabFactory.create()
    client.post(f"/labb/med/{lab.join_code}/", {"perspective": "resident"})
    nines = "9" * 5000

    assert client.get(f"/labb/med/{lab.join_code}/rosta/?om={nines}").status_code == 200
    client.force_login(member_of(lab.host))
    assert client.post(f"/labb/{lab.pk}/led/steg/", {"leave": nines}).status_code == 302


@pytest.mark.parametrize("query", ["offset", "limit"])
def test_a_number_beyond_the_database_is_not_understood(client, query):
    assert client.get(f"/api/v1/labs?{query}={'9' * 20}").status_code == 400


def test_a_null_in_an_address_is_not_understood(client):
    assert client.get("/labb/med/%00%00/").status_code == 400
