from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hakapa.kernel.lifecycle import Lifecycle, Move


class State(TextChoices):
    PLANNED = "planned", _("planned")
    PUBLISHED = "published", _("open for joining")
    RUNNING = "running", _("going on now")
    CLOSED = "closed", pgettext_lazy("a lab", "closed")
    CANCELLED = "cancelled", _("cancelled")


LIFECYCLE = Lifecycle(
    Move("publish", State.PLANNED, State.PUBLISHED, _("published the lab")),
    Move("start", State.PUBLISHED, State.RUNNING, _("started the lab")),
    Move("close", State.RUNNING, State.CLOSED, _("closed the lab")),
    Move("run_out", State.RUNNING, State.CLOSED, _("the time was up"), consequence=True),
    Move("resume", State.CLOSED, State.RUNNING, _("took up the lab again")),
    Move("cancel", State.PLANNED, State.CANCELLED, _("cancelled the lab")),
    Move("cancel", State.PUBLISHED, State.CANCELLED, _("cancelled the lab")),
)
