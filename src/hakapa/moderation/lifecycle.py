from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from hakapa.kernel.lifecycle import Lifecycle, Move


class State(TextChoices):
    OPEN = "open", _("waits for a decision")
    HIDDEN = "hidden", _("hidden")
    LEFT = "left", _("left as it is")


LIFECYCLE = Lifecycle(
    Move("hide", State.OPEN, State.HIDDEN, _("hid the text")),
    Move("leave", State.OPEN, State.LEFT, _("left the text as it is")),
    Move("leave", State.HIDDEN, State.LEFT, _("showed the text again")),
    Move("reopen", State.LEFT, State.OPEN, _("was reported again"), consequence=True),
)
