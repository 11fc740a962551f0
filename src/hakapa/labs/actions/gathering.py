from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hakapa.accounts.models import User
from hakapa.labs import cards
from hakapa.labs.actions.holding import led, tell
from hakapa.labs.actions.taking_part import Words, contribute
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Contribution, Lab
from hakapa.process.moving import Because, record


@dataclass(frozen=True)
class Typed:
    """What stands on a paper card: typed in now, or already there."""

    contribution: Contribution
    is_new: bool


@transaction.atomic
def type_in(lab: Lab, words: Words, *, card: str, by: User, table: int | None = None) -> Typed:
    """Add what somebody wrote on a paper card; a card that is there already is left as it is.

    Raises:
        TooLateError: the lab is not running.
        ValidationError: the code is on none of the lab's cards.

    """
    locked = led(lab, by=by, states=(State.RUNNING,))
    number = cards.number_of(locked.pk, card)
    if number is None:
        raise ValidationError({"card": _("None of the lab's cards has that code. Look once more.")})
    code = cards.code_of(locked.pk, number)
    if earlier := locked.contributions.filter(card=code).first():
        return Typed(earlier, is_new=False)
    contribution = contribute(locked, words, by=by)
    contribution.card, contribution.table = code, table
    contribution.save(update_fields=["card", "table"])
    record(locked, "type_in", by=by, because=Because(details={"contribution": contribution.pk}))
    tell(locked, "note", item=contribution.pk)
    return Typed(contribution, is_new=True)
