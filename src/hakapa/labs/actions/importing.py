from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import connection, transaction
from django.utils.translation import gettext as _
from modelsearch.backends import get_search_backend

from hakapa.accounts.models import Organisation
from hakapa.kernel.text import shortened
from hakapa.labs import polis
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Contribution, Kind, Lab, Participant
from hakapa.process.moving import Because, record

_COPY_VOTES = "COPY labs_vote (participant_id, statement_id, value, at) FROM STDIN"
_AT_A_TIME = 50_000
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Imported:
    """The lab that a conversation became, now or at an earlier import."""

    lab: Lab
    is_new: bool


@transaction.atomic
def import_conversation(
    conversation: polis.Conversation,
    *,
    host: Organisation,
    title: str = "",
    language: str = "sv",
    progress: Progress = lambda _votes: None,
) -> Imported:
    """Make a closed lab out of a conversation held elsewhere; the same one twice is one lab."""
    fingerprint = conversation.fingerprint
    if earlier := Lab.objects.filter(imported_from=fingerprint).first():
        return Imported(earlier, is_new=False)
    began = min(statement.at for statement in conversation.statements.values())
    lab = Lab(
        state=State.CLOSED,
        title=title or shortened(conversation.topic or _("Imported conversation"), 130),
        purpose=shortened(conversation.about, 990),
        host=host,
        starts_at=began,
        place=conversation.address[:200],
        language=language,
        announced_at=began,
        imported_from=fingerprint,
    )
    lab.full_clean()
    lab.save()
    _write_room(lab, conversation, progress)
    votes = len(conversation.answers)
    record(lab, "import", by=None, because=Because(host, details={"votes": votes}))
    return Imported(lab, is_new=True)


def _write_room(lab: Lab, conversation: polis.Conversation, progress: Progress) -> None:
    names = conversation.participants
    seats = Participant.objects.bulk_create(
        Participant(lab=lab, created=lab.starts_at) for _name in names
    )
    seat_of = {name: seat.pk for name, seat in zip(names, seats, strict=True)}
    why = _("moderated away in Polis")
    written = Contribution.objects.bulk_create(
        Contribution(
            lab=lab,
            participant_id=seat_of.get(statement.author),
            kind=Kind.INSIGHT,
            text=statement.text,
            key=uuid4(),
            is_statement=True,
            language=lab.language,
            created=statement.at,
            hidden_at=statement.at if statement.is_hidden else None,
            hidden_why=why if statement.is_hidden else "",
        )
        for statement in conversation.statements.values()
    )
    get_search_backend().add_bulk(Contribution, written)
    pairs = zip(conversation.statements, written, strict=True)
    statement_of = {number: statement.pk for number, statement in pairs}
    ended = max(statement.at for statement in conversation.statements.values())
    _copy_votes(_vote_rows(conversation, seat_of, statement_of, ended), progress)


def _vote_rows(
    conversation: polis.Conversation,
    seat_of: dict[str, int],
    statement_of: dict[str, int],
    ended: datetime,
) -> Iterator[tuple[int, int, int, datetime]]:
    for (participant, number), answer in conversation.answers.items():
        yield seat_of[participant], statement_of[number], answer.value, answer.at or ended


def _copy_votes(rows: Iterator[tuple[int, int, int, datetime]], progress: Progress) -> None:
    """Write the votes as PostgreSQL takes them fastest; every constraint holds all the same."""
    with connection.cursor() as cursor, cursor.copy(_COPY_VOTES) as copy:
        for written, row in enumerate(rows, start=1):
            copy.write_row(row)
            if written % _AT_A_TIME == 0:
                progress(written)
