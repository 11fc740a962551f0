from datetime import date, timedelta

import pytest
from django.utils import timezone

from hakapa.accounts.tests.factories import officer_of
from hakapa.challenges.lifecycle import State
from hakapa.challenges.tests.factories import ChallengeFactory, SharedNeedFactory
from hakapa.commitments import actions as commitments
from hakapa.commitments.tests.factories import CommitmentFactory
from hakapa.kernel.tests.pages import address, main_of
from hakapa.labs.lifecycle import State as LabState
from hakapa.labs.tests.factories import LabFactory
from hakapa.process.models import Event

pytestmark = pytest.mark.django_db
START = address("web:start")


def promise(due):
    """Make a promise to do something by the day."""
    commitment = CommitmentFactory.create()
    early = timezone.now() - timedelta(days=400)
    return commitments.take(
        commitment,
        by=officer_of(commitment.receiver),
        next_step=f"Senast {due}",
        due=due,
        at=early,
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_start_page_takes_as_many_queries_however_much_it_shows(
    client, django_assert_num_queries, count
):
    soon = timezone.now() + timedelta(days=3)
    for _ in range(count):
        LabFactory.create(state=LabState.PUBLISHED, starts_at=soon)
        SharedNeedFactory.create()
        promise(timezone.localdate() + timedelta(days=9))
    client.get(START)

    with django_assert_num_queries(13):
        page = client.get(START)
    shown = {name: len(page.context[name]) for name in ("promises", "challenges", "labs")}
    assert shown == {"promises": count, "challenges": 3, "labs": min(2 * count, 3)}


def test_an_empty_site_says_what_to_do_first(client):
    words = main_of(client.get(START))

    for sentence in ("No promise yet", "No challenge yet", "Present the first one", "Plan one"):
        assert sentence in words


def test_the_promises_that_wait_come_in_the_order_of_their_days(client):
    today = timezone.localdate()
    days = [today + timedelta(days=days) for days in (40, -3, 2, 30, 20, 50)]
    for day in days:
        promise(day)

    page = client.get(START)
    assert [shown.due for shown in page.context["promises"]] == sorted(days)[:5]
    record = page.context["record"]
    assert (record.promised, record.kept, record.late, record.on_its_way) == (6, 0, 1, 5)


def test_drafts_are_neither_shown_nor_counted(client):
    ChallengeFactory.create(state=State.DRAFT)
    page = client.get(START)

    assert page.context["challenges"] == []
    assert page.context["stations"][0].fact == ""


def test_the_newest_challenges_and_the_next_labs_are_shown(client):
    now = timezone.now()
    labs = {
        days: LabFactory.create(
            starts_at=now + timedelta(days=days), state=LabState.PUBLISHED, challenges=[]
        )
        for days in (5, 1, 9, 7, -2)
    }
    LabFactory.create(starts_at=now + timedelta(days=2), state=LabState.PLANNED, challenges=[])
    newest = [ChallengeFactory.create(created=now - timedelta(days=d)) for d in (0, 1, 2, 3)]

    page = client.get(START)
    assert page.context["labs"] == [labs[1], labs[5], labs[7]]
    assert page.context["challenges"] == newest[:3]


def test_the_line_counts_the_open_challenges(client):
    ChallengeFactory.create_batch(2)
    stops = client.get(START).context["stations"]

    assert len(stops) == 7
    assert (stops[0].fact, stops[0].state) == ("2 challenges", "now")


def test_a_site_with_the_demo_says_that_it_is_an_example(client):
    assert (
        "the events, figures and decisions are invented" not in client.get(START).content.decode()
    )
    Event.objects.create(move="load_demo", subject_type="demo.world", subject_id=0)
    assert "the events, figures and decisions are invented" in client.get(START).content.decode()


def test_a_day_long_gone_is_late(client):
    promise(date(2026, 1, 1))

    assert client.get(START).context["record"].late == 1
