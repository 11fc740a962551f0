"""Work that follows what happens in labs, done outside the request."""

from datetime import datetime, timedelta

from django_tasks import task

from hakapa.kernel import schedule
from hakapa.labs import actions, queries
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab


@task(backend="queue")
def draw_map(lab_id: int) -> None:
    """Draw the lab's opinion map; nothing when the lab is gone."""
    lab = Lab.objects.filter(pk=lab_id).first()
    if lab:
        actions.map_opinions(lab)


@schedule.every(timedelta(seconds=30))
def refresh_maps(now: datetime) -> int:  # noqa: ARG001  (a job's signature)
    """Let every map be drawn that lags behind its answers; return how many."""
    lagging = list(queries.labs_to_map())
    for lab in lagging:
        draw_map.enqueue(lab.pk)
    return len(lagging)


@schedule.every(timedelta(seconds=30))
def end_what_has_run_out(now: datetime) -> None:
    """End the labs that were open until a moment which has passed."""
    for lab in Lab.objects.filter(state=State.RUNNING, open_until__lte=now):
        actions.run_out(lab, at=now)
