from datetime import date

import pytest

from hakapa.accounts.tests.factories import UnitFactory
from hakapa.challenges.models import Measurement
from hakapa.challenges.tags import Barrier, Theme
from hakapa.challenges.tests.factories import (
    ChallengeFactory,
    EffectGoalFactory,
    SharedNeedFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/api/v1/challenges"


def told_titles(client, **choice):
    return [challenge["title"] for challenge in client.get(LIST, choice).json()["items"]]


def named(organisation):
    return {
        "id": organisation.pk,
        "name": organisation.name,
        "kind": organisation.kind,
        "code": organisation.code,
    }


@pytest.fixture
def whole():
    """A challenge with all that the API can tell."""
    challenge = ChallengeFactory.create(
        themes=[Theme.CARE], barriers=[Barrier.MONEY], cost_of_nothing=100, owner_role="chef"
    )
    goal = EffectGoalFactory.create(challenge=challenge)
    Measurement.objects.create(goal=goal, value=3, measured_on=date(2026, 2, 1), note="räknat")
    SharedNeedFactory.create(challenge=challenge)
    challenge.units.add(UnitFactory.create(name="Gata"))
    return challenge


def test_a_challenge_is_told_with_all_its_words(client, whole):
    told = client.get(f"{LIST}/{whole.pk}").json()

    assert told.pop("created").startswith(f"{whole.created:%Y-%m-%dT%H:%M}")
    assert (told.pop("goal")["measure"], len(told.pop("shared_by"))) == (whole.goal.measure, 1)
    assert told == {
        "id": whole.pk,
        "title": whole.title,
        "state": "open",
        "language": "sv",
        "owner": named(whole.owner),
        "themes": ["care"],
        "barriers": ["money"],
        "sharing": 1,
        "url": f"/utmaningar/{whole.pk}/",
        "today": whole.today,
        "wish": whole.wish,
        "affected": whole.affected,
        "tried": "",
        "owner_role": "chef",
        "cost_of_nothing": 100,
        "units": ["Gata"],
    }


def test_a_challenge_is_told_with_its_goal_and_who_shares_it(client, whole):
    told = client.get(f"{LIST}/{whole.pk}").json()

    assert told["shared_by"] == [named(whole.shared_needs.get().organisation)]
    assert told["goal"] == {
        "measure": whole.goal.measure,
        "unit": "av 10",
        "baseline": "1.00",
        "baseline_on": "2026-01-01",
        "target": "8.00",
        "target_on": "2026-12-31",
        "measurements": [{"measured_on": "2026-02-01", "value": "3.00", "note": "räknat"}],
    }


def test_a_challenge_without_a_goal_has_none(client, challenge):
    assert client.get(f"{LIST}/{challenge.pk}").json()["goal"] is None


def test_a_draft_is_told_to_nobody(client, draft):
    assert client.get(f"{LIST}/{draft.pk}").status_code == 404
    assert told_titles(client) == []
    assert told_titles(client, state="draft") == []


def test_the_list_is_narrowed_as_on_the_page(client):
    iot = ChallengeFactory.create(
        title="Många sensorer", themes=[Theme.IOT], barriers=[Barrier.LAW]
    )
    ChallengeFactory.create(title="annat", state="in_lab")

    for choice in (
        {"words": "sensor"}, {"theme": "iot"}, {"barrier": "law"}, {"state": "open"},
        {"owner": iot.owner_id},
    ):  # fmt: skip
        assert told_titles(client, **choice) == ["Många sensorer"], choice
    assert told_titles(client, limit=1) == ["annat"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_two_queries(client, django_assert_num_queries, count):
    for _ in range(count):
        SharedNeedFactory.create()

    with django_assert_num_queries(2):
        assert len(told_titles(client)) == count


@pytest.mark.parametrize("choice", [{"owner": "umea"}, {"limit": "-1"}])
def test_a_question_that_cannot_be_read_is_answered_in_words(client, choice):
    answer = client.get(LIST, choice)

    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.json()["errors"]] == [
        f"query.{name}" for name in choice
    ]


@pytest.mark.parametrize("name", ["words", "theme", "barrier", "state"])
def test_a_null_in_a_question_is_refused(client, name):
    assert client.get(LIST, {name: "a\x00b"}).status_code == 400


def test_nobody_writes_by_the_api(client, challenge):
    assert client.post(LIST, {"title": "x"}).status_code == 405
    assert client.delete(f"{LIST}/{challenge.pk}").status_code == 405
