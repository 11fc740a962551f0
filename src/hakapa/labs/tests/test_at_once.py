"""Answers that come at once, in two processes: the database alone decides."""

import asyncio

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from hakapa.labs import ballots
from hakapa.labs.models import Vote
from hakapa.labs.tests.factories import ContributionFactory, LabFactory, ParticipantFactory
from hakapa.live.connecting import own_connection
from hakapa.live.intake import Answer, Intake, Sent, Standing

pytestmark = pytest.mark.django_db(transaction=True)
SEATS = 20
MOST_TRIES = 20


@pytest.fixture
def lab(db):
    return LabFactory.create()


@pytest.fixture
def statement(lab):
    return ContributionFactory.create(lab=lab)


def stance(statement, value=1, sequence=5):
    return Answer("stance", statement.pk, value, sequence)


def test_a_vote_and_a_closing_at_once_are_settled_by_the_database(lab, statement):
    """The vote waits for the one who holds the lab, and sees what came of it."""
    seat = ParticipantFactory.create(lab=lab)

    async def race():
        closer = await own_connection()
        desk = Intake(ballots.store)
        async with closer:
            async with closer.transaction():
                await closer.execute("SELECT 1 FROM labs_lab WHERE id = %s FOR UPDATE", [lab.pk])
                vote = asyncio.create_task(desk.take(Sent(seat.token, (stance(statement),))))
                await asyncio.sleep(0.3)
                assert not vote.done()
                await closer.execute("UPDATE labs_lab SET state = 'closed' WHERE id = %s", [lab.pk])
            assert (await vote).standing is Standing.NOT_RUNNING
        await desk.stop()

    asyncio.run(race())
    assert not Vote.objects.exists()


def race_of_ten(lab, statement):
    """Let each of many seats send the same answer ten times at once, over two processes."""
    seats = ParticipantFactory.create_batch(SEATS, lab=lab)

    async def race():
        desks = [Intake(ballots.store), Intake(ballots.store)]
        sent = [Sent(one.token, (stance(statement, 1, 7),)) for one in seats for _ in range(10)]
        receipts = await asyncio.gather(
            *(desks[n % 2].take(one) for n, one in enumerate(sent)), return_exceptions=True
        )
        for desk in desks:
            await desk.stop()
        return receipts

    return asyncio.run(race())


def test_ten_identical_answers_at_once_are_one(lab, statement):
    receipts = race_of_ten(lab, statement)

    assert {receipt.reasons for receipt in receipts} == {(None,)}
    assert Vote.objects.count() == SEATS


def counts_twice(lab, statement):
    """Race once; tell whether somebody is counted twice, which a busy machine may hide."""
    Vote.objects.all().delete()
    race_of_ten(lab, statement)
    return Vote.objects.count() > SEATS


def test_without_the_unique_constraint_votes_would_be_counted_twice(lab, statement, monkeypatch):
    """The negative control: what protects is the constraint, not the care of the code."""
    name = "one_vote_per_participant_and_statement"
    drop = f"ALTER TABLE labs_vote DROP CONSTRAINT {name}"
    again = f"ALTER TABLE labs_vote ADD CONSTRAINT {name} UNIQUE (participant_id, statement_id)"
    unless = "WHERE NOT EXISTS (SELECT 1 FROM labs_vote WHERE participant_id = participant)"
    careful = ballots._SAVE_VOTES.partition("ON CONFLICT")[0] + unless
    monkeypatch.setattr(ballots, "_SAVE_VOTES", careful)
    monkeypatch.setattr(ballots, "_HELD", ballots._HELD.partition("FOR NO KEY")[0])
    with connection.cursor() as cursor:
        cursor.execute(drop)
    try:
        assert any(counts_twice(lab, statement) for _ in range(MOST_TRIES))
    finally:
        Vote.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(again)


def test_the_database_itself_refuses_a_second_vote(lab, statement):
    seat = ParticipantFactory.create(lab=lab)
    Vote.objects.create(participant=seat, statement=statement, value=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(participant=seat, statement=statement, value=1)
    assert Vote.objects.count() == 1
