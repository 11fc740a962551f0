"""What a phone is answered, whatever it sends."""

import asyncio

import pytest

from hakapa.live import allowance, answering, app, intake
from hakapa.live.intake import Receipt, Standing, UnansweredError
from hakapa.live.tests.lines import Line, opened
from hakapa.live.tests.lines import answering as sent

BALLOTS = {"stance": {-1, 0, 1}}
ANSWER = {"ballot": "stance", "statement": 17, "value": 1, "sequence": 5}


@pytest.fixture
def desk(monkeypatch):
    """Stand where the database would be: keeps what is taken, and returns what a test wants."""

    class Desk:
        taken = []
        receipt = Receipt(Standing.SEATED, (None,))

    async def take(_self, sent):
        Desk.taken.append(sent)
        if Desk.receipt is None:
            raise UnansweredError
        return Desk.receipt

    Desk.taken = []
    monkeypatch.setattr(intake.Intake, "take", take)
    return Desk


def answers_to(scene):
    async def whole():
        async with opened(app.application(None, BALLOTS)) as room:
            return await scene(room)

    return asyncio.run(whole())


def answer_to(*words, **more):
    async def scene(room):
        return await sent(room, *words, **more).answer()

    return answers_to(scene)


def test_what_is_saved_is_said_answer_by_answer(desk):
    desk.receipt = Receipt(Standing.SEATED, (None, "closed"))
    answer = answer_to([ANSWER, ANSWER | {"statement": 18}])

    assert answer.status == 200
    assert answer.body == {
        "saved": [{"ballot": "stance", "statement": 17, "sequence": 5, "phase": 0}],
        "refused": [
            {"ballot": "stance", "statement": 18, "sequence": 5, "phase": 0, "why": "closed"}
        ],
    }
    assert answer.headers["cache-control"] == "no-store"
    assert desk.taken[0].seat == "seat"


@pytest.mark.parametrize(
    ("receipt", "status"),
    [
        (Receipt(Standing.UNKNOWN), 403),
        (Receipt(Standing.NOT_RUNNING), 409),
        (None, 503),
    ],
)
def test_one_who_cannot_be_saved_is_told_why(desk, receipt, status):
    desk.receipt = receipt
    answer = answer_to([ANSWER])

    assert answer.status == status
    assert answer.headers.get("retry-after") == ("2" if status == 503 else None)
    assert ("nothing is lost" in answer.body["detail"]) is (status == 503)


def test_a_malformed_answer_never_reaches_the_database(desk):
    assert answer_to(b"{").status == 400
    assert answer_to([ANSWER | {"value": 7}]).body == {"detail": "7 is no answer of stance"}
    assert desk.taken == []


def test_what_is_too_long_is_read_no_further(desk):
    async def scene(room):
        parts = [b" " * 10_000] * 1000
        line = Line(room, "POST", app.ANSWERS, headers={"x-seat": "seat"}, parts=parts)
        answer = await line.answer()
        return answer.status, len(line._parts)

    assert answers_to(scene) == (413, 998)


def test_one_who_sends_too_slowly_is_waited_for_no_longer(desk, monkeypatch):
    async def scene(room):
        line = Line(room, "POST", app.ANSWERS, headers={"x-seat": "seat"}, parts=[])
        return await line.answer()

    monkeypatch.setattr(answering, "READ_WITHIN", 0.05)
    assert answers_to(scene).status == 408


def test_one_who_leaves_in_the_middle_is_no_trouble(desk):
    async def scene(room):
        line = Line(room, "POST", app.ANSWERS, headers={"x-seat": "seat"}, parts=[])
        line._cut.set()
        return await line.answer()

    assert answers_to(scene).status == 408


def test_a_seat_that_sends_too_much_waits_and_the_others_do_not(desk, monkeypatch):
    monkeypatch.setattr(allowance, "AT_ONCE", 3.0)

    async def scene(room):
        hasty = [await sent(room, [ANSWER], seat="a").answer() for _ in range(5)]
        others = [await sent(room, [ANSWER], seat=f"b{n}").answer() for n in range(50)]
        return [answer.status for answer in hasty], {answer.status for answer in others}

    hasty, others = answers_to(scene)
    assert hasty == [200, 200, 200, 429, 429]
    assert others == {200}, "a hall is one address"


@pytest.mark.parametrize("seat", ["", "a b", "é" * 3])
def test_what_is_no_seat_goes_to_the_database_as_nobody(desk, seat):
    answer_to([ANSWER], seat=seat)

    assert desk.taken[0].seat == ""


@pytest.mark.parametrize(
    "headers", [{"origin": "https://annan.example.se"}, {"sec-fetch-site": "cross-site"}]
)
def test_pages_of_others_cannot_answer(desk, headers):
    assert answer_to([ANSWER], **headers).status == 403
    assert desk.taken == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_answers_are_posted(desk, method):
    async def scene(room):
        return await Line(room, method, app.ANSWERS).answer()

    answer = answers_to(scene)
    assert (answer.status, answer.headers["allow"]) == (405, "POST")


def test_there_is_nothing_else_here(desk):
    async def scene(room):
        return await Line(room, "GET", "/live/annat").answer()

    answer = answers_to(scene)
    assert answer.status == 404
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_real_site_says_that_it_speaks_https_only(desk, settings):
    assert "strict-transport-security" not in answer_to([ANSWER]).headers
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert answer_to([ANSWER]).headers["strict-transport-security"] == "max-age=31536000"
