from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from hakapa.kernel.lifecycle import Lifecycle, Move


class State(TextChoices):
    ASKED = "asked", _("not answered yet")
    TAKEN = "taken", _("taken on")
    HOPPED_ON = "hopped_on", _("hops on")
    PARKED = "parked", _("parked")
    DECLINED = "declined", _("declined")
    KEPT = "kept", _("kept")
    NOT_KEPT = "not_kept", _("not kept")


# Somebody has said that something will be done by a day.
PROMISED = (State.TAKEN, State.HOPPED_ON)
# A day is waited for: the promise's, or when a parked proposal is taken up again.
WAITING = (*PROMISED, State.PARKED)

LIFECYCLE = Lifecycle(
    *(
        move
        for answerable in (State.ASKED, State.PARKED, State.DECLINED)
        for move in (
            Move("take", answerable, State.TAKEN, _("took on the proposal")),
            Move("hop_on", answerable, State.HOPPED_ON, _("hops on when somebody else starts")),
        )
    ),
    Move("park", State.ASKED, State.PARKED, _("parked the proposal")),
    Move("decline", State.ASKED, State.DECLINED, _("declined the proposal")),
    Move("decline", State.PARKED, State.DECLINED, _("declined the proposal")),
    *(
        move
        for promised in PROMISED
        for move in (
            Move("keep", promised, State.KEPT, _("kept the promise")),
            Move("give_up", promised, State.NOT_KEPT, _("could not keep the promise")),
        )
    ),
    Move("take", State.NOT_KEPT, State.TAKEN, _("took on the proposal again")),
    Move(
        "return_from_parking",
        State.PARKED,
        State.ASKED,
        _("is asked again, now that the parking is over"),
        consequence=True,
    ),
)
