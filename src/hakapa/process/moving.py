"""The one door through which a thing changes state."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.dispatch import Signal
from django.utils import timezone

from hakapa.accounts.models import Organisation, User
from hakapa.process.models import Event, Movable

# Sent inside the transaction, with the Event and the thing: what follows from what happened is
# kept or lost together with it.
happened = Signal()

MovableT = TypeVar("MovableT", bound=Movable)


@dataclass(frozen=True)
class Because:
    """What the journal keeps beside the move: for whom, when, and what else."""

    organisation: Organisation | None = None
    at: datetime | None = None
    details: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def move(
    thing: MovableT, name: str, *, by: User | None, because: Because | None = None, **changes: Any
) -> MovableT:
    """Lock the thing, check right and rule, change it, and record who did it.

    Nobody (`by=None`) is the system, which makes only the moves marked as consequences.

    Raises:
        MoveNotAllowedError: the thing has gone on; the caller was too late.
        PermissionDenied: the caller may not make this move.
        ValidationError: the thing would not be whole after the move.

    """
    model = type(thing)
    locked = model._default_manager.select_for_update(of=("self",)).get(pk=thing.pk)
    step = locked.lifecycle.find(locked.state, name)
    _check_right(locked, name, by=by, consequence=step.consequence)
    locked.state = step.target
    for key, value in changes.items():
        setattr(locked, key, value)
    locked.full_clean()
    locked.save(update_fields=["state", *changes])
    record(locked, name, by=by, because=because, source=step.source, target=step.target)
    return locked


def record(
    thing: models.Model,
    name: str,
    *,
    by: User | None,
    because: Because | None = None,
    source: str = "",
    target: str = "",
) -> Event:
    """Write in the journal what was done to the thing, and let those who listen follow."""
    because = because or Because()
    event = Event.objects.create(
        actor=by,
        organisation=because.organisation,
        subject_type=thing._meta.label_lower,
        subject_id=thing.pk,
        move=name,
        source=source,
        target=target,
        details=because.details,
        at=because.at or timezone.now(),
    )
    happened.send(sender=type(thing), event=event, thing=thing)
    return event


def _check_right(thing: Movable, name: str, *, by: User | None, consequence: bool) -> None:
    if by is None or consequence:
        if by is not None or not consequence:
            raise PermissionDenied
        return
    if not by.has_perm(f"{thing._meta.app_label}.{name}_{thing._meta.model_name}", thing):
        raise PermissionDenied
