"""What becomes of the answers that phones send, judged and saved by the database."""

import asyncio
from datetime import timedelta

import pytest
from django.utils import timezone

from hakapa.labs import ballots
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Dots, Lab, Phase, Rating, Vote
from hakapa.labs.tests.factories import ContributionFactory, LabFactory, ParticipantFactory
from hakapa.live.connecting import own_connection
from hakapa.live.intake import Answer, Sent, Standing

pytestmark = pytest.mark.django_db(transaction=True)


def save(*sent):
    """Save what phones sent, together; return the receipts."""

    async def saved():
        connection = await own_connection()
        async with connection, connection.transaction():
            return await ballots.store(connection, sent)

    return asyncio.run(saved())


def reasons(*sent):
    return [receipt.reasons for receipt in save(*sent)]


@pytest.fixture
def lab(db):
    return LabFactory.create()


@pytest.fixture
def statement(lab):
    return ContributionFactory.create(lab=lab)


@pytest.fixture
def seat(lab):
    return ParticipantFactory.create(lab=lab)


@pytest.fixture
def dotted(lab):
    """The phase that the lab is in, where three dots are placed."""
    return Phase.objects.create(
        lab=lab, position=1, key="v", minutes=5, mode="solo", ballot="dots", dots=3,
        started_at=timezone.now(),
    )  # fmt: skip


def stance(statement, value=1, sequence=5):
    return Answer("stance", statement.pk, value, sequence)


def dots(statement, value, sequence=5):
    return Answer("dots", statement.pk, value, sequence)


def test_an_answer_of_each_kind_is_kept(seat, statement, dotted):
    answers = (
        stance(statement, -1),
        dots(statement, 2),
        Answer("agreement", statement.pk, 0, 5),
        Answer("benefit", statement.pk, 5, 5),
    )
    before = timezone.now()

    assert reasons(Sent(seat.token, answers)) == [(None,) * 4]
    vote = Vote.objects.get(participant=seat, statement=statement)
    assert (vote.value, vote.sequence) == (-1, 5)
    assert vote.at - before < timedelta(minutes=1)
    assert Dots.objects.get(participant=seat, phase=dotted).number == 2
    assert dict(Rating.objects.values_list("criterion", "value")) == {"agreement": 0, "benefit": 5}


@pytest.mark.parametrize(
    ("value", "sequence", "kept"), [(-1, 6, (-1, 6)), (-1, 5, (1, 5)), (-1, 4, (1, 5))]
)
def test_the_newest_answer_stands_however_late_an_older_comes(
    seat, statement, value, sequence, kept
):
    save(Sent(seat.token, (stance(statement, 1, 5),)))

    assert reasons(Sent(seat.token, (stance(statement, value, sequence),))) == [(None,)]
    assert Vote.objects.values_list("value", "sequence").get() == kept


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1)])
def test_of_several_in_one_group_the_newest_stands(seat, statement, order):
    sent = [Sent(seat.token, (stance(statement, (0, 1, -1)[n - 1], n),)) for n in order]

    assert reasons(*sent) == [(None,)] * 3
    assert Vote.objects.values_list("value", "sequence").get() == (-1, 3)


def test_each_is_judged_apart_in_one_group(lab, seat, statement):
    other = ParticipantFactory.create(lab=LabFactory.create(state=State.CLOSED))
    receipts = save(
        Sent(seat.token, (stance(statement),)),
        Sent("nobody", (stance(statement),)),
        Sent(other.token, (stance(statement),)),
    )

    standings = [receipt.standing for receipt in receipts]
    assert standings == [Standing.SEATED, Standing.UNKNOWN, Standing.NOT_RUNNING]
    assert Vote.objects.count() == 1


@pytest.mark.parametrize("state", [s for s in State if s != State.RUNNING])
def test_a_lab_that_is_not_going_on_takes_no_answers(lab, seat, statement, state):
    Lab.objects.update(state=state)

    assert save(Sent(seat.token, (stance(statement),)))[0].standing is Standing.NOT_RUNNING
    assert not Vote.objects.exists()


@pytest.mark.parametrize(("hours", "standing"), [(1, Standing.SEATED), (-1, Standing.NOT_RUNNING)])
def test_a_lab_that_is_open_for_days_closes_by_the_databases_clock(
    seat, statement, hours, standing
):
    Lab.objects.update(open_until=timezone.now() + timedelta(hours=hours))

    assert save(Sent(seat.token, (stance(statement),)))[0].standing is standing


def test_voting_that_is_closed_takes_no_answers(lab, seat, statement):
    Lab.objects.update(is_voting_open=False)

    assert reasons(Sent(seat.token, (stance(statement),))) == [("closed",)]
    assert not Vote.objects.exists()


@pytest.mark.parametrize("how", ["hidden", "waiting", "merged"])
def test_what_the_room_does_not_see_cannot_be_answered(lab, seat, statement, how):
    changed = {
        "hidden": {"hidden_at": timezone.now(), "hidden_why": "x"},
        "waiting": {"is_waiting": True},
        "merged": {"merged_into": ContributionFactory.create(lab=lab)},
    }
    type(statement).objects.filter(pk=statement.pk).update(**changed[how])

    assert reasons(Sent(seat.token, (stance(statement),))) == [("not_open",)]


def test_the_statement_is_one_of_the_lab(seat, lab):
    elsewhere = ContributionFactory.create()
    question = ContributionFactory.create(lab=lab, is_statement=False)
    nothing = Answer("stance", 2**62, 1, 1)
    answers = (stance(elsewhere), stance(question), nothing)

    assert reasons(Sent(seat.token, answers)) == [("unknown",) * 3]


def test_there_are_no_more_dots_than_there_are(lab, seat, statement, dotted):
    other = ContributionFactory.create(lab=lab)

    answers = (dots(statement, 2, 1), dots(other, 2, 2), dots(other, 1, 3))
    assert reasons(Sent(seat.token, answers)) == [(None, "too_many_dots", None)]
    answers = (dots(statement, 3, 4), dots(statement, 1, 5), dots(other, 2, 6))
    assert reasons(Sent(seat.token, answers)) == [("too_many_dots", None, None)]
    assert sorted(Dots.objects.values_list("number", flat=True)) == [1, 2]


def test_dots_that_were_placed_before_do_not_move_back(seat, statement, dotted):
    save(Sent(seat.token, (dots(statement, 3, 5), dots(statement, 0, 6))))

    assert reasons(Sent(seat.token, (dots(statement, 3, 5),))) == [(None,)]
    assert Dots.objects.values_list("number", "sequence").get() == (0, 6)


def test_dots_are_placed_while_the_room_places_dots(lab, seat, statement, dotted):
    Phase.objects.update(ended_at=timezone.now())
    assert reasons(Sent(seat.token, (dots(statement, 1),))) == [("not_open",)]

    Lab.objects.update(open_until=timezone.now() + timedelta(days=7))
    assert reasons(Sent(seat.token, (dots(statement, 1),))) == [(None,)], "open for days: always"


@pytest.fixture
def two_dotted(lab, dotted):
    """The lab's two phases with dots; the lab is open for days, so people are in both."""
    Lab.objects.update(open_until=timezone.now() + timedelta(days=7))
    second = Phase.objects.create(
        lab=lab, position=2, key="w", minutes=5, mode="solo", ballot="dots", dots=1
    )
    return dotted.pk, second.pk


def test_dots_say_of_which_phase_they_are(seat, statement, two_dotted):
    first, second = two_dotted
    answers = tuple(
        Answer("dots", statement.pk, number, at, phase)
        for at, (number, phase) in enumerate([(3, first), (2, second), (1, second)], start=1)
    )

    assert reasons(Sent(seat.token, answers)) == [(None, "too_many_dots", None)]
    placed = dict(Dots.objects.values_list("phase", "number"))
    assert placed == {first: 3, second: 1}


def test_dots_of_a_phase_that_is_over_or_of_another_lab_are_not_placed(
    lab, seat, statement, two_dotted
):
    Lab.objects.update(open_until=None)  # now the room is in the first alone
    elsewhere = Phase.objects.create(
        lab=LabFactory.create(), position=1, key="v", minutes=5, mode="solo", ballot="dots",
        started_at=timezone.now(),
    )  # fmt: skip
    answers = tuple(
        Answer("dots", statement.pk, 1, 5, phase) for phase in (two_dotted[1], elsewhere.pk, 2**62)
    )

    assert reasons(Sent(seat.token, answers)) == [("not_open",) * 3]
    assert not Dots.objects.exists()


def test_a_seat_that_moves_meanwhile_is_no_longer_the_old_phones(seat, statement, monkeypatch):
    """Between the two questions to the database, the seat gets another token."""
    asked = ballots._rows

    async def moved(connection, query, *among):
        if query == ballots._HELD:
            await connection.execute("UPDATE labs_participant SET token = 'another'")
        return await asked(connection, query, *among)

    monkeypatch.setattr(ballots, "_rows", moved)
    receipts = save(Sent(seat.token, (stance(statement),)))

    assert receipts[0].standing is Standing.UNKNOWN
    assert not Vote.objects.exists()


def test_a_seat_that_is_erased_meanwhile_is_nobodys(seat, statement, monkeypatch):
    """Between the two questions to the database, somebody erases the seat."""
    monkeypatch.setattr(
        ballots, "_HELD", "SELECT id FROM labs_participant WHERE token = ANY(%s) AND false"
    )

    assert save(Sent(seat.token, (stance(statement),)))[0].standing is Standing.UNKNOWN
    assert not Vote.objects.exists()
