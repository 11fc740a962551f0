"""The wordings a thing has had: what was changed from what to what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Change:
    """One text that a wording changed: its name on the form, before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Wording:
    """An earlier or the present wording, by the number it is brought back with."""

    number: int
    at: datetime
    changes: list[Change]
    is_present: bool


def wordings(thing: Any, texts: Sequence[str]) -> list[Wording]:
    """Return the wordings of the thing's texts, newest first; a move is no new wording.

    The thing keeps its history by django-simple-history.
    """
    kept = list(thing.history.order_by("-history_date", "-history_id"))
    versions = [
        version
        for version, earlier in zip_longest(kept, kept[1:])
        if earlier is None or _told(version) != _told(earlier)
    ]
    return [
        Wording(
            number=version.history_id,
            at=version.history_date,
            changes=_changes(type(thing), texts, version, versions[place + 1 : place + 2]),
            is_present=place == 0,
        )
        for place, version in enumerate(versions)
    ]


def _told(version: Any) -> list[object]:
    """Return all that the version keeps of the thing."""
    return [getattr(version, field.attname) for field in version.tracked_fields]


def _changes(
    model: type[Model], texts: Sequence[str], version: Any, earlier: Sequence[Any]
) -> list[Change]:
    before = {name: getattr(earlier[0], name) if earlier else "" for name in texts}
    return [
        Change(_label(model, name), before[name], getattr(version, name))
        for name in texts
        if before[name] != getattr(version, name)
    ]


def _label(model: type[Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "verbose_name", name))
