import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import translation

import hakapa
from hakapa.accounts.tests.factories import OrganisationFactory, member_of
from hakapa.challenges.models import Challenge
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.process.models import Event
from hakapa.process.moving import Because, record
from hakapa.process.queries import first_move, history_of
from hakapa.process.templatetags.journal import _DEEDS, says

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)


def happening(challenge, name, at=NOON, organisation=None, **details):
    return record(challenge, name, by=None, because=Because(organisation, at, details))


def said(event, thing):
    with translation.override("en"):
        return says(event, thing)


def test_the_history_has_the_newest_first_and_nothing_of_others():
    challenge, other = ChallengeFactory.create_batch(2)
    old = happening(challenge, "start", NOON - timedelta(days=1))
    new, same_moment = happening(challenge, "improve"), happening(challenge, "measure")
    happening(other, "improve")
    happening(challenge.owner, "improve")

    assert list(history_of(challenge)) == [same_moment, new, old]


def test_the_history_is_read_with_its_organisations_in_one_query(django_assert_num_queries):
    challenge = ChallengeFactory.create()
    for name in ("start", "improve", "measure"):
        happening(challenge, name, organisation=OrganisationFactory.create())

    with django_assert_num_queries(1):
        assert len([event.organisation.name for event in history_of(challenge)]) == 3


def test_the_first_move_of_a_name_is_found_among_several_things():
    one, two, other = ChallengeFactory.create_batch(3)
    happening(one, "publish", NOON)
    happening(two, "publish", NOON - timedelta(days=2))
    happening(two, "start", NOON - timedelta(days=3))
    happening(other, "publish", NOON - timedelta(days=4))

    assert first_move(Challenge, [one.pk, two.pk], "publish") == NOON - timedelta(days=2)
    assert first_move(Challenge, [one.pk], "close") is None


def test_the_journal_says_which_organisation_did_what_and_why():
    challenge = ChallengeFactory.create(owner__name="Umeå")
    member = member_of(challenge.owner)
    event = happening(challenge, "close", organisation=challenge.owner, why="Vi har löst det")

    assert said(event, challenge) == "Umeå closed the challenge: Vi har löst det"
    assert member.email not in said(event, challenge)


def test_what_nobody_in_particular_did_begins_with_a_capital():
    challenge = ChallengeFactory.create()

    assert said(happening(challenge, "enter_lab"), challenge) == "Went into a lab"


def test_a_deed_without_a_move_is_said_too():
    challenge = ChallengeFactory.create(owner__name="lilla Edet")
    event = happening(challenge, "improve", organisation=challenge.owner)

    assert said(event, challenge) == "Lilla Edet improved the wording"


def recorded_names():
    """Return every name that some action writes in the journal, itself or by `_change`."""
    names = set()
    for path in Path(hakapa.__file__).parent.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("record", "_change"):
                names |= {
                    word.value
                    for word in ast.walk(call.args[1])
                    if isinstance(word, ast.Constant) and isinstance(word.value, str)
                }
    return names


def test_every_deed_that_is_written_down_can_be_said():
    assert {"start", "improve", "measure", "unhide"} <= recorded_names()
    assert recorded_names() - set(_DEEDS) == set()


def test_an_event_is_told_apart_by_thing_and_move():
    challenge = ChallengeFactory.create()

    event = happening(challenge, "improve")
    assert str(event) == f"challenges.challenge {challenge.pk}: improve"
    assert Event.objects.get() == event
