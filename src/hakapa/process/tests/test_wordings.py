import pytest
from django.utils import translation

from hakapa.accounts.tests.factories import member_of, officer_of
from hakapa.challenges import actions
from hakapa.challenges.models import WORDING
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.process.wordings import Change, wordings

pytestmark = pytest.mark.django_db


@pytest.fixture
def challenge():
    """A challenge with one barrier, as it was first worded."""
    return ChallengeFactory.create(title="Förr", tried="")


def improve(challenge, **words):
    actions.improve(challenge, by=member_of(challenge.owner), words=words)


def told(challenge):
    with translation.override("en"):
        return wordings(challenge, WORDING)


def test_the_first_wording_says_all_its_texts(challenge):
    (first,) = told(challenge)

    assert first.is_present
    assert first.number == challenge.history.get().history_id
    assert first.changes == [
        Change("title", "", "Förr"),
        Change("How is it today?", "", challenge.today),
        Change("What do you wish for?", "", challenge.wish),
        Change("Who is affected?", "", challenge.affected),
    ]


def test_the_newest_wording_comes_first_and_says_what_it_changed(challenge):
    improve(challenge, title="Nu", tried="En mapp")
    improve(challenge, tried="")

    present, middle, first = told(challenge)
    assert [w.is_present for w in (present, middle, first)] == [True, False, False]
    assert present.at >= middle.at >= first.at
    assert present.changes == [Change("What has been tried?", "En mapp", "")]
    assert middle.changes == [
        Change("title", "Förr", "Nu"),
        Change("What has been tried?", "", "En mapp"),
    ]


def test_a_change_of_tags_is_no_new_wording(challenge):
    improve(challenge, barriers=["money"])

    assert [len(wording.changes) for wording in told(challenge)] == [4]


def test_a_move_is_no_new_wording(challenge):
    actions.close(challenge, by=officer_of(challenge.owner), why="Vi är framme")

    assert [wording.is_present for wording in told(challenge)] == [True]


def test_the_wordings_are_read_in_one_query(challenge, django_assert_num_queries):
    improve(challenge, title="Nu")
    improve(challenge, title="Snart")

    with django_assert_num_queries(1):
        assert len(told(challenge)) == 3
