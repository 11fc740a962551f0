"""Work that follows what happens in labs, done outside the request."""

from django_tasks import task

from hakapa.labs import actions, queries
from hakapa.labs.models import Lab


@task()
def draw_map(lab_id: int) -> None:
    """Draw the lab's opinion map; nothing when the lab is gone."""
    lab = Lab.objects.filter(pk=lab_id).first()
    if lab:
        actions.map_opinions(lab)


def refresh_maps() -> int:
    """Let every map be drawn that lags behind its answers; return how many.

    Meant to be called every 30 seconds: so often, at most, does the map of a running lab change.
    """
    lagging = list(queries.labs_to_map())
    for lab in lagging:
        draw_map.enqueue(lab.pk)
    return len(lagging)
