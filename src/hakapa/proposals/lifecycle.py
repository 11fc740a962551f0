from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from hakapa.kernel.lifecycle import Lifecycle, Move


class State(TextChoices):
    OPEN = "open", _("waits for receivers")
    TAKEN = "taken", _("taken on")
    PARKED = "parked", _("parked")
    DECLINED = "declined", _("declined by all")
    MERGED = "merged", _("merged into another")
    WITHDRAWN = "withdrawn", _("withdrawn")


LIFECYCLE = Lifecycle(
    Move("take_on", State.OPEN, State.TAKEN, _("was taken on"), consequence=True),
    Move("take_on", State.PARKED, State.TAKEN, _("was taken on"), consequence=True),
    Move("take_on", State.DECLINED, State.TAKEN, _("was taken on"), consequence=True),
    Move("park", State.OPEN, State.PARKED, _("was parked"), consequence=True),
    Move("park", State.DECLINED, State.PARKED, _("was parked"), consequence=True),
    Move("decline", State.OPEN, State.DECLINED, _("was declined by all"), consequence=True),
    Move("decline", State.PARKED, State.DECLINED, _("was declined by all"), consequence=True),
    *(
        Move("wait_again", answered, State.OPEN, _("waits for receivers again"), consequence=True)
        for answered in (State.TAKEN, State.PARKED, State.DECLINED)
    ),
    Move("park", State.TAKEN, State.PARKED, _("was parked"), consequence=True),
    Move("decline", State.TAKEN, State.DECLINED, _("was declined by all"), consequence=True),
    Move("merge", State.OPEN, State.MERGED, _("merged the proposal into another")),
    Move("split", State.MERGED, State.OPEN, _("took the proposal out of a merger")),
    Move("withdraw", State.OPEN, State.WITHDRAWN, _("withdrew the proposal")),
    Move("reopen", State.WITHDRAWN, State.OPEN, _("put the proposal forward again")),
)
