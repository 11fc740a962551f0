"""Load the demo world once: all of it or nothing."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone, translation

from hakapa.accounts.models import Organisation
from hakapa.demo import people, world
from hakapa.demo.journey import Journey
from hakapa.process.models import Event

MARK = "load_demo"


def is_loaded() -> bool:
    """Tell whether this database holds the demo world."""
    return Event.objects.filter(move=MARK).exists()


def is_in_use() -> bool:
    """Tell whether this database holds something already, which must not be mixed up."""
    return Organisation.objects.exists()


@transaction.atomic
def load(language: str, tell: Callable[[str], None]) -> None:
    """Load the demo world in the language, telling how far it has come.

    Everything goes through the same actions as real work does.
    """
    demo = world.read(language, timezone.localdate())
    with translation.override(language):
        entered = people.enter(demo)
        tell(f"{len(entered.organisations)} organisations")
        Journey(demo, entered, tell).load()
    Event.objects.create(move=MARK, subject_type="demo.world", subject_id=0)
