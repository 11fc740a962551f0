"""The demo world as data: read once, in one language, its dates moved to today."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

SOURCE = Path(__file__).with_name("world.yaml")
MORNING = time(9, 0)


@dataclass(frozen=True)
class World:
    """The invented events, as if `demo_today` were today."""

    rows: dict[str, Any]
    language: str
    moved_by: timedelta

    def __getitem__(self, name: str) -> Any:
        return self.rows[name]

    def say(self, words: dict[str, Any] | None) -> Any:
        """Return the words in the world's language; nothing when there are none."""
        return words[self.language] if words else ""

    def day(self, written: date) -> date:
        """Return the day, moved."""
        return written + self.moved_by

    def moment(self, written: date, at: time = MORNING) -> datetime:
        """Return a moment of the day, moved."""
        return timezone.make_aware(datetime.combine(self.day(written), at))


def read(language: str, today: date) -> World:
    """Return the demo world in the language as it would be today."""
    rows = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return World(rows, language, today - rows["demo_today"])
