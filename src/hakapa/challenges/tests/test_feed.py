import xml.etree.ElementTree as ET

import pytest

from hakapa.accounts.tests.factories import member_of
from hakapa.challenges.tags import Barrier, Theme
from hakapa.challenges.tests.factories import ChallengeFactory, SharedNeedFactory
from hakapa.kernel.tests.pages import address

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEED = address("challenges:feed")


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


def test_the_feed_is_the_same_for_everybody_and_tells_no_draft(client, draft):
    challenge = ChallengeFactory.create()
    client.force_login(member_of(draft.owner))

    assert [e.findtext(f"{ATOM}title") for e in entries(client.get(FEED))] == [challenge.title]


@pytest.mark.parametrize("count", [1, 3])
def test_the_feed_takes_as_many_queries_however_long(client, django_assert_num_queries, count):
    SharedNeedFactory.create_batch(count)

    with django_assert_num_queries(1):
        assert len(entries(client.get(FEED))) == count
