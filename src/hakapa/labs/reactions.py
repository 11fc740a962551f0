"""What follows in a lab from what happens to it: its opinion map is drawn."""

from typing import Any

from django.dispatch import receiver

from hakapa.labs import actions, tasks
from hakapa.labs.models import Lab
from hakapa.process.models import Event
from hakapa.process.moving import happened


@receiver(happened, sender=Lab)
def draw_the_map(event: Event, thing: Lab, **_: Any) -> None:
    """Draw the map when the lab is over or its results are there, in the same transaction."""
    if event.move in ("close", "run_out", "import"):
        tasks.draw_map.enqueue(thing.pk)


@receiver(happened, sender=Lab)
def draw_the_map_anew(event: Event, thing: Lab, **_: Any) -> None:
    """Take the map away, and draw it anew, when what may be told of a contribution changed.

    What is new takes nothing away.
    """
    if "contribution" in event.details and hasattr(thing, "opinion_map"):
        if event.move != "type_in":
            actions.forget_map(thing)
        tasks.draw_map.enqueue(thing.pk)
