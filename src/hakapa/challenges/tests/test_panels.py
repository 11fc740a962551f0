from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation

from hakapa.accounts.tests.factories import member_of
from hakapa.challenges import actions
from hakapa.challenges.panels import challenges_of_organisation, laid
from hakapa.challenges.tests.factories import ChallengeFactory, SharedNeedFactory

pytestmark = pytest.mark.django_db
READER = AnonymousUser()


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_the_line_tells_when_a_challenge_was_opened(draft):
    member = member_of(draft.owner)
    actions.publish(draft, by=member, at=datetime(2026, 3, 3, 12, tzinfo=UTC))

    fact = laid([draft.pk], READER)
    assert (fact.text, fact.url) == ("presented 3 March", f"/en/utmaningar/{draft.pk}/")


def test_the_line_calls_a_draft_a_draft_to_those_who_see_it(draft):
    assert laid([draft.pk], member_of(draft.owner)).text == "a draft"
    assert laid([draft.pk], READER) is None


def test_the_line_counts_several_challenges():
    pks = [challenge.pk for challenge in ChallengeFactory.create_batch(3)]

    assert laid(pks, READER).text == "3 challenges"
    assert laid([], READER) is None


def test_an_organisations_page_shows_what_it_owns_and_shares(neighbour):
    request = RequestFactory().get("/")
    request.user = READER
    assert challenges_of_organisation(request, neighbour) is None

    owned = ChallengeFactory.create(owner=neighbour)
    shared = SharedNeedFactory.create(organisation=neighbour).challenge
    panel = challenges_of_organisation(request, neighbour)
    assert set(panel.context["challenges"]) == {owned, shared}
