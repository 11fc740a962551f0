from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hakapa.labs import queries
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab, OpinionMap
from hakapa.live.notify import announce


@transaction.atomic
def map_opinions(lab: Lab, *, at: datetime | None = None) -> OpinionMap:
    """Draw the lab's map from the answers as they are now, and keep it in place of the last.

    Two who draw at once wait for each other, and the later sees all that the earlier saw.
    """
    from hakapa.labs import maps  # noqa: PLC0415  (50 MB and a second that only a map needs)

    at = at or timezone.now()
    OpinionMap.objects.get_or_create(lab=lab, defaults={"computed_at": at, "votes": 0, "people": 0})
    kept = OpinionMap.objects.select_for_update(of=("self",)).select_related("lab").get(lab=lab)
    covers = queries.answered(kept.lab)
    drawn = maps.draw(kept.lab, kept.trail)
    kept.computed_at, kept.votes, kept.latest_vote_at = at, covers.votes, covers.latest
    for name, value in vars(drawn).items():
        setattr(kept, name, value)
    kept.save()
    if kept.lab.state == State.RUNNING:
        announce(queries.channel(kept.lab_id), "step")
    return kept


def forget_map(lab: Lab) -> None:
    """Take the map away at once, for something it tells may no longer be told."""
    OpinionMap.objects.filter(lab=lab).update(people=0, shown={}, told={}, inputs={})
