from collections.abc import Iterable
from datetime import datetime

from django.db.models import Model, QuerySet

from hakapa.process.models import Event


def history_of(thing: Model) -> QuerySet[Event]:
    """Return what has happened to the thing, newest first."""
    return (
        Event.objects.filter(subject_type=thing._meta.label_lower, subject_id=thing.pk)
        .select_related("organisation")
        .order_by("-at", "-pk")
    )


def first_move(model: type[Model], ids: Iterable[int], name: str) -> datetime | None:
    """Return when a move of the name was first made by any of the things."""
    return (
        Event.objects.filter(subject_type=model._meta.label_lower, subject_id__in=ids, move=name)
        .values_list("at", flat=True)
        .order_by("at")
        .first()
    )
