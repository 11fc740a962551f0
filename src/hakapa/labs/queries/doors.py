from dataclasses import dataclass

from hakapa.labs import codes
from hakapa.labs.models import Lab, PersonalCode, Room
from hakapa.labs.queries.finding import announced


@dataclass(frozen=True)
class Door:
    """Where a typed code leads: to a lab, to one of its rooms, or to one person's seat."""

    lab: Lab
    room: Room | None = None
    personal: PersonalCode | None = None

    @property
    def asks_for_a_personal_code(self) -> bool:
        """Whether the code on the wall is not enough."""
        return self.lab.by_personal_codes and self.personal is None


def door_of(code: str) -> Door | None:
    """Return where the code leads; None when no announced lab knows it."""
    typed = codes.as_typed(code)
    labs = announced()
    if len(typed) == codes.PERSONAL_LENGTH:
        personal = PersonalCode.objects.filter(code=typed, lab__in=labs).first()
        return Door(labs.get(pk=personal.lab_id), personal=personal) if personal else None
    if lab := labs.filter(join_code=typed).first():
        return Door(lab)
    room = Room.objects.filter(join_code=typed, lab__in=labs).first()
    return Door(labs.get(pk=room.lab_id), room) if room else None
