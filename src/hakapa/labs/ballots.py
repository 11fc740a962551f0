"""How the room's answers are saved: many at once, each checked against the database alone.

One transaction holds the labs open and the seats still, so that nobody closes, hides or removes
anything between the check and the saving. Nothing here trusts the phone's clock or memory.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from hakapa.labs.models import Choice, Criterion
from hakapa.live.intake import Answer, Connection, Receipt, Sent, Standing
from hakapa.live.notify import TOPIC

STANCE, DOTS = "stance", "dots"
MOST_DOTS = 100
VALUES = {
    STANCE: frozenset(Choice.values),
    DOTS: range(MOST_DOTS + 1),
    **{criterion: range(6) for criterion in Criterion.values},  # 0 is confusing
}

_SEATS = "SELECT token, id, lab_id FROM labs_participant WHERE token = ANY(%s)"
_LABS = """
    SELECT id, is_voting_open FROM labs_lab
    WHERE id = ANY(%s) AND state = 'running'
        AND (open_until IS NULL OR open_until > clock_timestamp())
    ORDER BY id FOR SHARE"""
# By token once more: the seat may have moved to another phone meanwhile.
_HELD = "SELECT id FROM labs_participant WHERE token = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
_STATEMENTS = """
    SELECT id, lab_id, hidden_at IS NULL AND NOT is_waiting AND merged_into_id IS NULL
    FROM labs_contribution WHERE id = ANY(%s) AND is_statement
    ORDER BY id FOR KEY SHARE"""
# In a lab that is open for days, people are in all of its phases at once.
_PHASES = """
    SELECT phase.lab_id, phase.id, phase.dots
    FROM labs_phase phase JOIN labs_lab lab ON lab.id = phase.lab_id
    WHERE lab.id = ANY(%s) AND phase.ballot = 'dots'
        AND (lab.open_until IS NOT NULL
            OR phase.started_at IS NOT NULL AND phase.ended_at IS NULL)
    ORDER BY phase.lab_id, phase.position"""
_PLACED = """
    SELECT phase_id, participant_id, statement_id, number, sequence FROM labs_dots
    WHERE phase_id = ANY(%s) AND participant_id = ANY(%s)"""

_SAVE_VOTES = """
    INSERT INTO labs_vote (participant_id, statement_id, value, sequence, at)
    SELECT participant, statement, value, sequence, clock_timestamp()
    FROM unnest(%s::bigint[], %s::bigint[], %s::smallint[], %s::bigint[])
        AS sent(participant, statement, value, sequence)
    ON CONFLICT (participant_id, statement_id) DO UPDATE
    SET value = excluded.value, sequence = excluded.sequence, at = excluded.at
    WHERE labs_vote.sequence < excluded.sequence"""
_SAVE_RATINGS = """
    INSERT INTO labs_rating (participant_id, statement_id, criterion, value, sequence, at)
    SELECT participant, statement, criterion, value, sequence, clock_timestamp()
    FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::smallint[], %s::bigint[])
        AS sent(participant, statement, criterion, value, sequence)
    ON CONFLICT (participant_id, statement_id, criterion) DO UPDATE
    SET value = excluded.value, sequence = excluded.sequence, at = excluded.at
    WHERE labs_rating.sequence < excluded.sequence"""
_SAVE_DOTS = """
    INSERT INTO labs_dots (participant_id, statement_id, phase_id, number, sequence, at)
    SELECT participant, statement, phase, number, sequence, clock_timestamp()
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::smallint[], %s::bigint[])
        AS sent(participant, statement, phase, number, sequence)
    ON CONFLICT (participant_id, statement_id, phase_id) DO UPDATE
    SET number = excluded.number, sequence = excluded.sequence, at = excluded.at
    WHERE labs_dots.sequence < excluded.sequence"""
_STIR = "SELECT pg_notify(%s, 'lab:' || lab) FROM unnest(%s::bigint[]) AS stirred(lab)"


class _Seat(NamedTuple):
    participant: int
    lab: int


class _Placed(NamedTuple):
    number: int
    sequence: int


class _Room(NamedTuple):
    """What the database says, and holds still, while answers are judged."""

    seats: dict[str, _Seat]
    labs: dict[int, bool]  # those that are going on, and whether voting is open
    statements: dict[int, tuple[int, bool]]  # of which lab, and whether it may be answered
    phases: dict[int, dict[int, int]]  # of each lab those in which dots are placed, and how many
    placed: dict[tuple[int, int], dict[int, _Placed]]  # by phase and participant


async def store(connection: Connection, sent: Sequence[Sent]) -> list[Receipt]:
    """Save what may be saved in the transaction that is open, and say what became of each."""
    judged = _Judged(await _room(connection, sent))
    receipts = [judged.receipt(one) for one in sent]
    await judged.save(connection)
    return receipts


async def _room(connection: Connection, sent: Sequence[Sent]) -> _Room:
    """Read and hold what the answers are judged by: the labs first, as every action does."""
    tokens = list({one.seat for one in sent})
    seats = {token: _Seat(*row) for token, *row in await _rows(connection, _SEATS, tokens)}
    labs = dict(await _rows(connection, _LABS, {seat.lab for seat in seats.values()}))
    present = [token for token, seat in seats.items() if seat.lab in labs]
    held = {key for (key,) in await _rows(connection, _HELD, present)}
    seats = {
        token: seat
        for token, seat in seats.items()
        if seat.participant in held or seat.lab not in labs
    }
    answers = [answer for one in sent for answer in one.answers]
    found = await _rows(connection, _STATEMENTS, {answer.statement for answer in answers})
    statements = {key: (lab, is_open) for key, lab, is_open in found}
    if all(answer.ballot != DOTS for answer in answers):
        return _Room(seats, labs, statements, {}, {})
    phases: dict[int, dict[int, int]] = {}
    for lab, key, dots in await _rows(connection, _PHASES, labs.keys()):
        phases.setdefault(lab, {})[key] = dots
    keys = [key for among in phases.values() for key in among]
    placed: dict[tuple[int, int], dict[int, _Placed]] = {}
    for phase, person, statement, *row in await _rows(connection, _PLACED, keys, held):
        placed.setdefault((phase, person), {})[statement] = _Placed(*row)
    return _Room(seats, labs, statements, phases, placed)


async def _rows(connection: Connection, query: str, *among: Iterable[Any]) -> list[Any]:
    cursor = await connection.execute(query, [list(values) for values in among])
    return await cursor.fetchall()


class _Judged:
    """The answers that are to be saved: of two to the same, the newest."""

    def __init__(self, room: _Room) -> None:
        self._room = room
        self._votes: dict[tuple[int, int], Answer] = {}
        self._ratings: dict[tuple[int, int, str], Answer] = {}
        self._dots: dict[tuple[int, int, int], Answer] = {}
        self._stirred: set[int] = set()

    def receipt(self, sent: Sent) -> Receipt:
        """Judge what one phone sent, in its order."""
        seat = self._room.seats.get(sent.seat)
        if seat is None:
            return Receipt(Standing.UNKNOWN)
        if seat.lab not in self._room.labs:
            return Receipt(Standing.NOT_RUNNING)
        return Receipt(
            Standing.SEATED, tuple(self._reason_against(seat, answer) for answer in sent.answers)
        )

    def _reason_against(self, seat: _Seat, answer: Answer) -> str | None:
        """Return why the answer is not saved; None when it is."""
        lab, is_open = self._room.statements.get(answer.statement, (0, False))
        if lab != seat.lab:
            return "unknown"
        if not self._room.labs[seat.lab]:
            return "closed"
        if not is_open:
            return "not_open"
        self._stirred.add(seat.lab)
        if answer.ballot == DOTS:
            return self._placing(seat, answer)
        if answer.ballot == STANCE:
            _keep_newest(self._votes, (seat.participant, answer.statement), answer)
        else:
            key = (seat.participant, answer.statement, answer.ballot)
            _keep_newest(self._ratings, key, answer)
        return None

    def _placing(self, seat: _Seat, answer: Answer) -> str | None:
        phases = self._room.phases.get(seat.lab, {})
        phase = answer.phase or next(iter(phases), 0)
        if phase not in phases:
            return "not_open"
        placed = self._room.placed.setdefault((phase, seat.participant), {})
        before = placed.get(answer.statement, _Placed(0, -1))
        if answer.sequence <= before.sequence:
            return None  # sent before, or older than what was sent before
        others = sum(dots.number for dots in placed.values()) - before.number
        if others + answer.value > phases[phase]:
            return "too_many_dots"
        placed[answer.statement] = _Placed(answer.value, answer.sequence)
        self._dots[seat.participant, answer.statement, phase] = answer
        return None

    async def save(self, connection: Connection) -> None:
        """Write one statement for each kind of ballot, and tell the screens."""
        for query, kept in (
            (_SAVE_VOTES, self._votes),
            (_SAVE_RATINGS, self._ratings),
            (_SAVE_DOTS, self._dots),
        ):
            if kept:
                rows = [(*key, a.value, a.sequence) for key, a in sorted(kept.items())]
                await connection.execute(
                    query, [list(column) for column in zip(*rows, strict=True)]
                )
        if self._stirred:
            await connection.execute(_STIR, [TOPIC, list(self._stirred)])


def _keep_newest(kept: dict[Any, Answer], key: tuple[Any, ...], answer: Answer) -> None:
    if key not in kept or kept[key].sequence < answer.sequence:
        kept[key] = answer
