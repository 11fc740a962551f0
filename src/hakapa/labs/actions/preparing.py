"""What is made ready before the room is full: its rooms, its codes and its run sheet."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hakapa.accounts.models import User
from hakapa.labs.actions.holding import BEFORE_IT_BEGINS, led
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab, PersonalCode, Room
from hakapa.process.moving import Because, record

MOST_CODES = 2000
_BEFORE_IT_ENDS = (*BEFORE_IT_BEGINS, State.RUNNING)


@transaction.atomic
def add_room(lab: Lab, *, by: User, name: str, place: str = "") -> Room:
    """Hold the lab in one more place, with a join code of its own.

    Raises:
        ValidationError: the lab has a room of that name.

    """
    locked = led(lab, by=by, states=_BEFORE_IT_ENDS)
    room = Room(lab=locked, name=name, place=place)
    room.full_clean()
    room.save()
    record(locked, "add_room", by=by, because=Because(details={"room": name}))
    return room


@transaction.atomic
def remove_room(room: Room, *, by: User) -> None:
    """Give up one of the places.

    Raises:
        ValidationError: somebody sits there, or something was written there.

    """
    locked = led(room.lab, by=by, states=_BEFORE_IT_ENDS)
    if room.participants.exists():
        raise ValidationError(_("Somebody sits in %(room)s.") % {"room": room})
    if room.contributions.exists():
        raise ValidationError(_("Something was written in %(room)s.") % {"room": room})
    room.delete()
    record(locked, "remove_room", by=by, because=Because(details={"room": room.name}))


@transaction.atomic
def provide_codes(lab: Lab, *, by: User, number: int) -> int:
    """See to it that the lab has so many personal codes; return how many were made.

    Raises:
        ValidationError: the lab has no personal codes, or so many are too many.

    """
    locked = led(lab, by=by, states=_BEFORE_IT_ENDS)
    if not locked.by_personal_codes:
        raise ValidationError({"number": _("This lab is open to everybody with its code.")})
    if number > MOST_CODES:
        raise ValidationError({"number": _("At most %(most)d codes.") % {"most": MOST_CODES}})
    made = max(0, number - locked.personal_codes.count())
    PersonalCode.objects.bulk_create(PersonalCode(lab=locked) for _one in range(made))
    if made:
        record(locked, "provide_codes", by=by, because=Because(details={"made": made}))
    return made


@dataclass(frozen=True)
class Step:
    """What a phase of the lab's own run sheet is to be."""

    minutes: int
    prompts_sv: list[str]
    prompts_en: list[str]
    ballot: str
    dots: int


@transaction.atomic
def rewrite(lab: Lab, *, by: User, steps: Mapping[int, Step]) -> None:
    """Change the phases at the positions, before the lab begins.

    Raises:
        ValidationError: a phase would not be whole, such as a question in one language alone.

    """
    locked = led(lab, by=by, states=BEFORE_IT_BEGINS)
    for phase in locked.phases.filter(position__in=steps):
        step = steps[phase.position]
        if len(step.prompts_sv) != len(step.prompts_en):
            raise ValidationError(_("Write every question in both languages."))
        phase.minutes, phase.ballot, phase.dots = step.minutes, step.ballot, step.dots
        phase.prompts_sv, phase.prompts_en = step.prompts_sv, step.prompts_en
        phase.full_clean()
        phase.save()
    record(locked, "rewrite", by=by)
