"""The wordings a thing has had: what was changed from what to what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
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
    versions = list(thing.history.order_by("history_date", "history_id"))
    told = [
        (version, changes)
        for earlier, version in zip([None, *versions], versions, strict=False)
        if (changes := _changes(type(thing), texts, version, earlier))
    ]
    return [
        Wording(version.history_id, version.history_date, changes, is_present=place == 0)
        for place, (version, changes) in enumerate(reversed(told))
    ]


def _changes(model: type[Model], texts: Sequence[str], version: Any, earlier: Any) -> list[Change]:
    return [
        Change(_label(model, name), getattr(earlier, name, ""), getattr(version, name))
        for name in texts
        if getattr(earlier, name, "") != getattr(version, name)
    ]


def _label(model: type[Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "verbose_name", name))
