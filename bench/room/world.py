"""The lab that is measured: how it is set up, what its leader changes, what is in the database.

Everything here uses Django in the generator's own process, so a change reaches the phones as it
does from another web process: by the database's notice.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from hakapa.accounts.models import Organisation
from hakapa.labs import models, screens
from hakapa.live.models import Channel
from hakapa.live.notify import announce


@dataclass(frozen=True)
class Lab:
    """What a phone needs to know of the lab."""

    pk: int
    code: str
    stream: str
    statements: list[int]
    seats: dict[str, int]  # tokens, and the participants they stand for


def open_lab(phones: int, statements: int) -> Lab:
    """Make the tables, a lab that is going on with its statements, and a seat for each phone."""
    call_command("migrate", verbosity=0)
    host, _ = Organisation.objects.get_or_create(name="Mätkommun")
    lab = models.Lab.objects.create(
        title="Mätlabbet", host=host, starts_at=timezone.now(), state="running"
    )
    models.Phase.objects.create(
        lab=lab,
        position=1,
        key="vote",
        name_sv="Rösta",
        name_en="Vote",
        minutes=60,
        mode="solo",
        captures=["insight", "vote"],
        prompts_sv=["Vad tycker du?"],
        prompts_en=["What do you think?"],
        started_at=timezone.now(),
    )
    written = models.Contribution.objects.bulk_create(
        models.Contribution(
            lab=lab, kind="proposal", text=f"Dela fråga {n} först", key=uuid4(), is_statement=True
        )
        for n in range(statements)
    )
    seats = models.Participant.objects.bulk_create(
        models.Participant(lab=lab) for _ in range(phones)
    )
    return Lab(
        lab.pk,
        lab.join_code,
        screens.stream(lab, "phone"),
        [statement.pk for statement in written],
        {seat.token: seat.pk for seat in seats},
    )


def give_a_second(lab: Lab) -> int:
    """Do as the lab leader who gives more time; return the number of the announcement."""
    with transaction.atomic():
        models.Phase.objects.filter(lab=lab.pk).update(extra_seconds=F("extra_seconds") + 1)
        return announce(f"lab:{lab.pk}", "step")


def reword(lab: Lab, statement: int, text: str) -> int:
    """Change what a statement says; return the number of the announcement."""
    with transaction.atomic():
        models.Contribution.objects.filter(pk=statement).update(text=text)
        return announce(f"lab:{lab.pk}", "note", item=statement)


def hide(lab: Lab, statement: int) -> int:
    """Take a statement away; return the number of the announcement."""
    with transaction.atomic():
        models.Contribution.objects.filter(pk=statement).update(
            hidden_at=timezone.now(), hidden_why="measured"
        )
        return announce(f"lab:{lab.pk}", "note", item=statement)


def texts(lab: Lab) -> dict[str, str]:
    """Return what every phone should have in the end: each open statement and its text."""
    rows = models.Contribution.objects.filter(lab=lab.pk, is_statement=True, hidden_at=None)
    return {str(pk): text for pk, text in rows.values_list("pk", "text")}


def last_number(lab: Lab) -> int:
    """Return how much has been announced."""
    channel = Channel.objects.filter(pk=f"lab:{lab.pk}").first()
    return channel.last if channel else 0


def votes(lab: Lab) -> list[tuple[int, int, int, int]]:
    """Return every vote: participant, statement, value and sequence."""
    rows: Any = models.Vote.objects.filter(statement__lab=lab.pk)
    return list(rows.values_list("participant_id", "statement_id", "value", "sequence"))


def keys(lab: Lab) -> Counter[str]:
    """Return how many contributions there are of each key."""
    rows = models.Contribution.objects.filter(lab=lab.pk)
    return Counter(str(key) for key in rows.values_list("key", flat=True))


def people(lab: Lab) -> dict[str, int]:
    """Return the participant of each token, those who joined by the pages too."""
    return dict(models.Participant.objects.filter(lab=lab.pk).values_list("token", "pk"))
