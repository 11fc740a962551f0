from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hakapa.accounts.models import User
from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import cards
from hakapa.labs.actions.holding import led
from hakapa.labs.actions.taking_part import Words, add, composed
from hakapa.labs.models import Contribution, Lab, Room
from hakapa.process.moving import Because, record


@dataclass(frozen=True)
class Typed:
    """What stands on a paper card: typed in now, or already there."""

    contribution: Contribution
    is_new: bool


@transaction.atomic
def type_in(
    lab: Lab,
    words: Words,
    *,
    card: str,
    by: User,
    table: int | None = None,
    room: Room | None = None,
) -> Typed:
    """Add what somebody wrote on a paper card; a card that is there already is left as it is.

    Cards are often typed in when the room is empty, so the lab may be closed; then nobody can
    answer what stands on them, and the report says so.

    Raises:
        TooLateError: the lab takes no cards, as it has not begun or was held elsewhere.
        ValidationError: the code is on none of the lab's cards.

    """
    locked = led(lab, by=by)
    if not locked.takes_cards:
        raise TooLateError("the lab takes no cards")
    number = cards.number_of(locked.pk, card)
    if number is None:
        raise ValidationError({"card": _("None of the lab's cards has that code. Look once more.")})
    code = cards.code_of(locked.pk, number)
    if earlier := locked.contributions.filter(card=code).first():
        return Typed(earlier, is_new=False)
    contribution = composed(locked, words, by=by)
    contribution.card, contribution.table, contribution.room = code, table, room
    add(contribution)
    record(locked, "type_in", by=by, because=Because(details={"contribution": contribution.pk}))
    return Typed(contribution, is_new=True)
