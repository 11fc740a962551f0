from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from hakapa.kernel.lifecycle import Lifecycle, Move


class State(TextChoices):
    DRAFT = "draft", _("draft")
    OPEN = "open", _("open")
    IN_LAB = "in_lab", _("in a lab")
    IN_HAND = "in_hand", _("in hand")
    CLOSED = "closed", _("closed")


LIFECYCLE = Lifecycle(
    Move("publish", State.DRAFT, State.OPEN, _("opened the challenge")),
    Move("enter_lab", State.OPEN, State.IN_LAB, _("went into a lab"), consequence=True),
    Move("take_in_hand", State.OPEN, State.IN_HAND, _("was taken in hand"), consequence=True),
    Move("take_in_hand", State.IN_LAB, State.IN_HAND, _("was taken in hand"), consequence=True),
    Move("close", State.OPEN, State.CLOSED, _("closed the challenge")),
    Move("close", State.IN_LAB, State.CLOSED, _("closed the challenge")),
    Move("close", State.IN_HAND, State.CLOSED, _("closed the challenge")),
    Move("reopen", State.CLOSED, State.OPEN, _("opened the challenge again")),
)
