from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hakapa.accounts.models import Unit
from hakapa.accounts.tests.factories import UserFactory, member_of, officer_of
from hakapa.challenges import actions
from hakapa.challenges.lifecycle import State
from hakapa.challenges.models import Challenge
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.process.models import Event
from hakapa.process.queries import history_of

WORDS = {
    "title": "Halt på gångvägen",
    "today": "Många faller.",
    "wish": "Hur räknar vi nyttan?",
    "affected": "De som går",
}
GOAL = {
    "measure": "Fall",
    "unit": "st",
    "baseline": Decimal(212),
    "baseline_on": date(2025, 4, 30),
    "target": Decimal(140),
    "target_on": date(2027, 4, 30),
}
DAY = date(2026, 2, 28)
NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)


pytestmark = pytest.mark.django_db


def deeds(thing):
    return [event.move for event in history_of(thing)]


def nothing_was_written_down():
    return not Event.objects.exists()


def test_a_member_starts_a_draft(challenge, member):
    draft = actions.start(
        by=member, owner=challenge.owner, words=WORDS, units=["Gata", "Gata", ""], at=NOON
    )

    draft.refresh_from_db()
    assert (draft.state, draft.author, draft.created) == (State.DRAFT, member, NOON)
    assert {name: getattr(draft, name) for name in WORDS} == WORDS
    assert [unit.name for unit in draft.units.all()] == ["Gata"]
    event = history_of(draft).get()
    assert (event.move, event.actor, event.organisation) == ("start", member, challenge.owner)
    assert event.at == NOON


def test_nobody_starts_a_challenge_for_others(challenge, stranger):
    for person in (stranger, UserFactory.create()):
        with pytest.raises(PermissionDenied):
            actions.start(by=person, owner=challenge.owner, words=WORDS)

    assert list(Challenge.objects.all()) == [challenge]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 141}, "title"),
        ({"themes": ["football"]}, "themes"),
        ({"language": "fi"}, "language"),
    ],
)
def test_a_challenge_that_is_not_whole_is_refused(challenge, member, changes, field):
    with pytest.raises(ValidationError) as refusal:
        actions.start(by=member, owner=challenge.owner, words=WORDS | changes, units=["Gata"])

    assert list(refusal.value.message_dict) == [field]
    assert (Challenge.objects.count(), Unit.objects.count()) == (1, 0)


def test_anybody_who_works_somewhere_improves_an_open_challenge(challenge, stranger):
    improved = actions.improve(challenge, by=stranger, words={"title": "Klarare"}, units=["Gata"])

    assert Challenge.objects.get().title == improved.title == "Klarare"
    assert [(u.name, u.organisation) for u in Unit.objects.all()] == [("Gata", challenge.owner)]
    assert deeds(challenge) == ["improve"]
    assert Event.objects.get().organisation == stranger.memberships.get().organisation


def test_improving_the_words_leaves_the_departments(challenge, member):
    actions.improve(challenge, by=member, words={}, units=["Gata"])
    actions.improve(challenge, by=member, words={"title": "Klarare"})
    assert [unit.name for unit in challenge.units.all()] == ["Gata"]

    actions.improve(challenge, by=member, words={}, units=[])
    assert list(challenge.units.all()) == []


def test_a_draft_is_improved_by_its_owners_people_only(draft, stranger):
    with pytest.raises(PermissionDenied):
        actions.improve(draft, by=stranger, words={"title": "Mitt"})

    assert (
        actions.improve(draft, by=member_of(draft.owner), words={"title": "Vårt"}).title == "Vårt"
    )


def test_an_improvement_that_breaks_the_challenge_changes_nothing(challenge, member):
    with pytest.raises(ValidationError):
        actions.improve(challenge, by=member, words={"title": ""}, units=["Gata"])

    assert Challenge.objects.get().title == challenge.title
    assert nothing_was_written_down()


def test_an_earlier_wording_is_brought_back_and_the_later_is_kept(challenge, member):
    first = challenge.history.get().history_id
    actions.improve(challenge, by=member, words={"title": "Sämre", "barriers": ["money"]})

    restored = actions.restore(challenge, wording=first, by=member)
    assert (restored.title, restored.barriers) == (challenge.title, ["money"])
    assert [version.title for version in challenge.history.order_by("history_id")] == [
        challenge.title, "Sämre", challenge.title,
    ]  # fmt: skip
    assert deeds(challenge) == ["improve", "improve"]


def test_a_wording_of_another_challenge_is_not_brought_here(challenge, member):
    other = ChallengeFactory.create()
    with pytest.raises(other.history.model.DoesNotExist):
        actions.restore(challenge, wording=other.history.get().history_id, by=member)


def test_a_challenge_goes_from_draft_to_closed_and_opens_again(draft):
    officer = officer_of(draft.owner)
    actions.publish(draft, by=member_of(draft.owner), at=NOON)
    actions.close(draft, by=officer, why="Löst i vår", at=NOON)
    reopened = actions.reopen(draft, by=officer)

    assert reopened.state == State.OPEN
    assert deeds(draft) == ["reopen", "close", "publish"]
    close = Event.objects.get(move="close")
    assert (close.details, close.organisation, close.at) == (
        {"why": "Löst i vår"}, draft.owner, NOON,
    )  # fmt: skip


def test_only_who_speaks_for_the_owner_closes_and_reopens(challenge, closed, member):
    with pytest.raises(PermissionDenied):
        actions.close(challenge, by=member, why="Trött")
    with pytest.raises(PermissionDenied):
        actions.reopen(closed, by=member_of(closed.owner))

    assert nothing_was_written_down()


def test_a_lab_takes_only_an_open_challenge_along():
    ends = {}
    for state in State:
        challenge = ChallengeFactory.create(state=state)
        actions.enter_lab(challenge, at=NOON)
        ends[state.value] = Challenge.objects.get(pk=challenge.pk).state

    assert ends == {
        "draft": "draft", "open": "in_lab", "in_lab": "in_lab", "in_hand": "in_hand",
        "closed": "closed",
    }  # fmt: skip
    assert [(e.move, e.actor, e.at) for e in Event.objects.all()] == [("enter_lab", None, NOON)]


def test_a_promise_takes_a_living_challenge_in_hand():
    ends = {}
    for state in State:
        challenge = ChallengeFactory.create(state=state)
        actions.take_in_hand(challenge, at=NOON)
        ends[state.value] = Challenge.objects.get(pk=challenge.pk).state

    assert ends == {
        "draft": "draft", "open": "in_hand", "in_lab": "in_hand", "in_hand": "in_hand",
        "closed": "closed",
    }  # fmt: skip
    assert [event.move for event in Event.objects.all()] == ["take_in_hand"] * 2
