from datetime import UTC, datetime
from threading import Thread
from time import monotonic, sleep

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone

from hakapa.accounts.models import User
from hakapa.accounts.tests.factories import (
    OrganisationFactory,
    UserFactory,
    member_of,
    officer_of,
)
from hakapa.challenges.lifecycle import State
from hakapa.challenges.models import Challenge
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.kernel.lifecycle import MoveNotAllowedError
from hakapa.process.models import Event
from hakapa.process.moving import Because, happened, move, record

NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)


@pytest.fixture
def draft(db):
    return ChallengeFactory.create(state=State.DRAFT)


@pytest.fixture
def colleague(draft):
    return member_of(draft.owner)


@pytest.fixture
def listen():
    """Connect listeners to what happens, and let them go afterwards."""
    listening = []

    def connect(listener):
        happened.connect(listener, weak=False)
        listening.append(listener)

    yield connect
    for listener in listening:
        happened.disconnect(listener)


def stands_as_before(thing):
    return (Challenge.objects.get(pk=thing.pk).state, Event.objects.count()) == (thing.state, 0)


def test_a_move_changes_the_state_and_is_written_down(draft, colleague):
    moved = move(
        draft, "publish", by=colleague, because=Because(draft.owner, NOON, {"why": "Dags"})
    )

    assert (moved.pk, moved.state) == (draft.pk, State.OPEN)
    assert Challenge.objects.get().state == State.OPEN
    event = Event.objects.get()
    assert (event.actor, event.organisation, event.at) == (colleague, draft.owner, NOON)
    assert (event.subject_type, event.subject_id) == ("challenges.challenge", draft.pk)
    assert (event.move, event.source, event.target) == ("publish", "draft", "open")
    assert event.details == {"why": "Dags"}


def test_a_move_without_more_said_happens_now_for_nobody_else(draft, colleague):
    before = timezone.now()
    move(draft, "publish", by=colleague)

    event = Event.objects.get()
    assert before <= event.at <= timezone.now()
    assert (event.organisation, event.details) == (None, {})


def test_who_has_not_the_right_moves_nothing(draft):
    for stranger in (UserFactory.create(), member_of(OrganisationFactory.create())):
        with pytest.raises(PermissionDenied):
            move(draft, "publish", by=stranger)

    assert stands_as_before(draft)


def test_a_move_that_does_not_start_here_is_refused(draft, colleague):
    with pytest.raises(MoveNotAllowedError, match=r"^cannot close from draft$"):
        move(draft, "close", by=colleague)

    assert stands_as_before(draft)


def test_what_counts_is_how_the_thing_stands_and_not_how_it_was_read(draft, colleague):
    stale = Challenge.objects.get()
    move(draft, "publish", by=colleague)

    with pytest.raises(MoveNotAllowedError, match=r"^cannot publish from open$"):
        move(stale, "publish", by=colleague)

    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_no_person_makes_a_consequence():
    challenge = ChallengeFactory.create()
    runner = User.objects.create_superuser("drift@example.org")
    for person in (officer_of(challenge.owner), runner):
        with pytest.raises(PermissionDenied):
            move(challenge, "enter_lab", by=person)

    assert stands_as_before(challenge)


@pytest.mark.django_db
def test_the_system_makes_consequences():
    challenge = ChallengeFactory.create()

    assert move(challenge, "enter_lab", by=None).state == State.IN_LAB
    assert Event.objects.get().actor is None


def test_the_system_makes_no_move_of_a_persons(draft):
    with pytest.raises(PermissionDenied):
        move(draft, "publish", by=None)

    assert stands_as_before(draft)


def test_what_changes_with_the_move_is_saved_with_it(draft, colleague):
    draft.wish = "ändrat vid sidan av"
    moved = move(draft, "publish", by=colleague, title="Klarare nu")

    kept = Challenge.objects.get()
    assert (kept.title, kept.wish) == ("Klarare nu", moved.wish)
    assert kept.wish != "ändrat vid sidan av"


def test_a_move_that_would_leave_the_thing_broken_is_refused(draft, colleague):
    with pytest.raises(ValidationError) as refusal:
        move(draft, "publish", by=colleague, title="")

    assert list(refusal.value.message_dict) == ["title"]
    assert stands_as_before(draft)


def test_who_listens_hears_the_event_and_the_thing(draft, colleague, listen):
    heard = []
    listen(lambda sender, event, thing, **_: heard.append((sender, event, thing.state)))

    move(draft, "publish", by=colleague)

    assert heard == [(Challenge, Event.objects.get(), State.OPEN)]


def test_a_listener_that_fails_undoes_the_move(draft, colleague, listen):
    def fail(**_):
        raise RuntimeError("kunde inte följa efter")

    listen(fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        move(draft, "publish", by=colleague)

    assert stands_as_before(draft)


def test_what_is_done_without_a_move_is_written_down_too(draft, colleague, listen):
    heard = []
    listen(lambda event, **_: heard.append(event))
    event = record(draft, "improve", by=colleague)

    assert heard == [event] == list(Event.objects.all())
    assert (event.move, event.source, event.target) == ("improve", "", "")


def test_a_thing_offers_the_moves_a_person_may_make():
    offered = {state: Challenge(state=state).open_moves for state in State}

    assert offered == {
        "draft": ["publish"],
        "open": ["close"],
        "in_lab": ["close"],
        "in_hand": ["close"],
        "closed": ["reopen"],
    }


def somebody_waits_for_a_lock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


@pytest.mark.django_db(transaction=True)
def test_of_two_movers_at_once_the_second_comes_too_late():
    draft = ChallengeFactory.create(state=State.DRAFT)
    first, second = member_of(draft.owner), member_of(draft.owner)
    ends = []

    def publish_too():
        try:
            ends.append(move(draft, "publish", by=second).state)
        except MoveNotAllowedError as refusal:
            ends.append(str(refusal))
        finally:
            connection.close()

    other = Thread(target=publish_too)
    with transaction.atomic():
        move(draft, "publish", by=first)
        other.start()
        deadline = monotonic() + 10
        while not somebody_waits_for_a_lock() and monotonic() < deadline:
            sleep(0.01)
        assert ends == []
    other.join()

    assert ends == ["cannot publish from open"]
    assert [event.actor for event in Event.objects.all()] == [first]
