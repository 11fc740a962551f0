import xml.etree.ElementTree as ET
from datetime import datetime

import pytest

from hakapa.accounts.tests.factories import member_of, officer_of
from hakapa.challenges import actions
from hakapa.challenges.models import Challenge
from hakapa.challenges.tags import Barrier, Theme
from hakapa.challenges.tests.factories import ChallengeFactory, SharedNeedFactory
from hakapa.kernel.tests.pages import address

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEED = address("challenges:feed")


def aware(day):
    return datetime.fromisoformat(f"{day}T12:00:00+00:00")


def entries(answer):
    return ET.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314  (our own)


def test_the_feed_tells_each_challenge_with_owner_and_tags(client):
    challenge = ChallengeFactory.create(
        title="Halka & is", owner__name="Umeå", themes=[Theme.CARE], barriers=[Barrier.MONEY]
    )
    answer = client.get(FEED)

    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    (entry,) = entries(answer)
    assert entry.findtext(f"{ATOM}title") == "Halka & is"
    assert entry.findtext(f"{ATOM}summary") == challenge.wish
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Umeå"
    assert entry.find(f"{ATOM}link").get("href").endswith(f"/en/utmaningar/{challenge.pk}/")
    assert [c.get("term") for c in entry.findall(f"{ATOM}category")] == ["care", "money"]
    assert entry.findtext(f"{ATOM}published") == challenge.created.isoformat()


def test_the_feed_tells_a_challenge_when_it_is_opened_not_when_it_was_begun(client, draft):
    ChallengeFactory.create(title="Mellan", created=aware("2026-03-01"))
    opened = aware("2026-06-01")
    actions.publish(draft, by=officer_of(draft.owner), at=opened)
    Challenge.objects.filter(pk=draft.pk).update(created=aware("2026-01-01"))

    first, second = entries(client.get(FEED))

    assert first.findtext(f"{ATOM}title") == draft.title
    assert first.findtext(f"{ATOM}published") == opened.isoformat()
    assert second.findtext(f"{ATOM}title") == "Mellan"


def test_the_feed_is_the_same_for_everybody_and_tells_no_draft(client, draft):
    challenge = ChallengeFactory.create()
    client.force_login(member_of(draft.owner))

    assert [e.findtext(f"{ATOM}title") for e in entries(client.get(FEED))] == [challenge.title]


@pytest.mark.parametrize("count", [1, 3])
def test_the_feed_takes_as_many_queries_however_long(client, django_assert_num_queries, count):
    SharedNeedFactory.create_batch(count)

    with django_assert_num_queries(1):
        assert len(entries(client.get(FEED))) == count
