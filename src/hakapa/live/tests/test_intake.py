"""Answers are taken in together, and acknowledged only when they are committed."""

import asyncio
import logging

import psycopg
import pytest
from django.db import connection

from hakapa.live import intake
from hakapa.live.intake import Intake, Receipt, Sent, Standing, UnansweredError
from hakapa.live.tests.lines import in_database

pytestmark = pytest.mark.django_db(transaction=True)
SEATED = Receipt(Standing.SEATED)


class Store:
    """Writes each seat into a table, as slowly and as badly as a test wants."""

    def __init__(self, *troubles):
        self.groups, self.troubles = [], list(troubles)
        self.may_go = asyncio.Event()
        self.may_go.set()

    async def __call__(self, connection, sent):
        self.groups.append([one.seat for one in sent])
        for one in sent:
            await connection.execute("INSERT INTO kept VALUES (%s)", [one.seat])
        await self.may_go.wait()
        if self.troubles and (trouble := self.troubles.pop(0)):
            raise trouble
        return [SEATED for _ in sent]


@pytest.fixture
def table(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (seat text)")
        yield
        cursor.execute("DROP TABLE kept")


def kept():
    with connection.cursor() as cursor:
        cursor.execute("SELECT seat FROM kept ORDER BY seat")
        return [seat for (seat,) in cursor.fetchall()]


def taken_in(store, scene):
    async def whole():
        desk = Intake(store)
        try:
            return await scene(desk)
        finally:
            await desk.stop()

    return asyncio.run(whole())


def sent(seat):
    return Sent(seat, ())


def test_an_answer_is_there_for_all_when_it_is_acknowledged(table):
    async def scene(desk):
        assert await desk.take(sent("a")) == SEATED
        assert await in_database(kept) == ["a"]

    taken_in(Store(), scene)


def test_nothing_is_acknowledged_before_it_is_committed(table):
    async def scene(desk):
        store.may_go.clear()
        waiting = asyncio.create_task(desk.take(sent("a")))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        assert await in_database(kept) == []
        store.may_go.set()
        assert await waiting == SEATED

    store = Store()
    taken_in(store, scene)


def test_what_arrives_while_one_is_saved_goes_together_in_the_next(table):
    async def scene(desk):
        store.may_go.clear()
        tasks = [asyncio.create_task(desk.take(sent("first")))]
        await asyncio.sleep(0.2)
        tasks += [asyncio.create_task(desk.take(sent(f"{n:03}"))) for n in range(250)]
        await asyncio.sleep(0.05)
        store.may_go.set()
        assert await asyncio.gather(*tasks) == [SEATED] * 251

    store = Store()
    taken_in(store, scene)
    assert [len(group) for group in store.groups] == [1, 200, 50]


@pytest.mark.parametrize(
    "trouble", [psycopg.errors.DeadlockDetected(), psycopg.OperationalError("gone")]
)
def test_a_broken_line_is_made_whole_and_nothing_is_saved_twice(table, trouble):
    async def scene(desk):
        assert await desk.take(sent("a")) == SEATED
        assert await desk.take(sent("b")) == SEATED
        assert await in_database(kept) == ["a", "b"]

    taken_in(Store(None, trouble), scene)


@pytest.mark.parametrize(
    ("troubles", "is_told"),
    [
        ([psycopg.OperationalError(), psycopg.OperationalError()], False),
        ([TimeoutError()], False),
        ([psycopg.errors.UndefinedTable("no table")], True),
    ],
)
def test_what_could_not_be_saved_is_said_and_the_next_is_saved(table, caplog, troubles, is_told):
    async def scene(desk):
        with pytest.raises(UnansweredError):
            await desk.take(sent("a"))
        assert await desk.take(sent("b")) == SEATED
        assert await in_database(kept) == ["b"]

    with caplog.at_level(logging.ERROR):
        taken_in(Store(*troubles), scene)
    assert ("answers could not be saved" in caplog.text) is is_told


def test_a_database_that_is_silent_is_not_waited_for_for_ever(table, monkeypatch):
    async def scene(desk):
        store.may_go.clear()
        with pytest.raises(UnansweredError):
            await desk.take(sent("a"))

    monkeypatch.setattr(intake, "WITHIN", 0.2)
    store = Store()
    taken_in(store, scene)


def test_a_phone_that_went_away_holds_up_nobody(table):
    async def scene(desk):
        store.may_go.clear()
        tasks = [asyncio.create_task(desk.take(sent(seat))) for seat in "ab"]
        await asyncio.sleep(0.2)
        tasks[0].cancel()
        store.may_go.set()
        assert await tasks[1] == SEATED
        assert await in_database(kept) == ["a", "b"], "it was on its way, and is kept"

    store = Store()
    taken_in(store, scene)


def test_a_phone_that_went_away_before_it_failed_holds_up_nobody(table):
    async def scene(desk):
        store.may_go.clear()
        gone = asyncio.create_task(desk.take(sent("a")))
        await asyncio.sleep(0.2)
        gone.cancel()
        store.may_go.set()
        assert await desk.take(sent("b")) == SEATED

    store = Store(psycopg.DataError())
    taken_in(store, scene)


def test_too_much_waiting_is_said_at_once(table, monkeypatch):
    async def scene(desk):
        store.may_go.clear()
        tasks = []
        for seat in "ab":  # one is being saved, one waits
            tasks.append(asyncio.create_task(desk.take(sent(seat))))
            await asyncio.sleep(0.2)
        with pytest.raises(UnansweredError):
            await desk.take(sent("c"))
        store.may_go.set()
        await asyncio.gather(*tasks)

    monkeypatch.setattr(intake, "MOST_WAITING", 1)
    store = Store()
    taken_in(store, scene)
    assert store.groups == [["a"], ["b"]]


def test_a_desk_that_nobody_came_to_closes():
    asyncio.run(Intake(Store()).stop())
