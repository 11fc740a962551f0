"""The built-in lab templates: ways to meet that are known to work, kept as data."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

SOURCE = Path(__file__).with_name("lab_templates.yaml")
USUAL_DOTS = 3


class Mode(TextChoices):
    """How people sit together during a phase."""

    SOLO = "solo", _("each on their own")
    PAIR = "pair", _("two and two")
    GROUP = "group", _("at the tables")
    PLENARY = "plenary", _("all together")
    ASYNC = "async", _("when it suits you")


class Capture(TextChoices):
    """What people leave behind in a phase."""

    QUESTION = "question", _("questions")
    INSIGHT = "insight", _("insights")
    PROPOSAL = "proposal", _("proposals")
    OBSTACLE = "obstacle", _("obstacles")
    VOTE = "vote", _("votes")
    ANSWER = "answer", _("the receivers' answers")


class Ballot(TextChoices):
    """How people weigh statements in a phase of votes."""

    STANCE = "stance", _("agree, disagree or pass")
    DOTS = "dots", _("dots")
    AGREEMENT = "agreement", _("how much you agree")
    BENEFIT_EASE = "benefit_ease", _("how much benefit, how easy to begin")


@dataclass(frozen=True)
class Bilingual:
    """The same words in Swedish and English; shown in the page's language."""

    sv: str
    en: str

    @override
    def __str__(self) -> str:
        return self.en if (get_language() or "sv").startswith("en") else self.sv


@dataclass(frozen=True)
class PhaseTemplate:
    """One phase: why, for how many minutes, how people sit, and what the room is asked.

    In a phase of votes also: by which ballot, and which kinds are weighed (all when none is
    named).
    """

    key: str
    name: Bilingual
    purpose: Bilingual
    minutes: int
    mode: Mode
    captures: tuple[Capture, ...]
    prompts: tuple[Bilingual, ...]
    ballot: Ballot
    dots: int
    weighs: tuple[Capture, ...]


@dataclass(frozen=True)
class LabTemplate:
    """A way to run a lab, with its phases in order and the group it suits."""

    key: str
    name: Bilingual
    about: Bilingual
    smallest: int
    ideal: int
    largest: int
    per_table: int
    phases: tuple[PhaseTemplate, ...]

    @property
    def minutes(self) -> int:
        """The length of the lab: the sum of its phases."""
        return sum(phase.minutes for phase in self.phases)


def all_templates() -> tuple[LabTemplate, ...]:
    """Return the built-in templates in their own order."""
    return tuple(_by_key().values())


def template(key: str) -> LabTemplate:
    """Return the template of that key.

    Raises:
        KeyError: no such template.

    """
    return _by_key()[key]


@cache
def _by_key() -> dict[str, LabTemplate]:
    rows = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))["templates"]
    return {row["key"]: _template(row) for row in rows}


def _template(row: dict[str, Any]) -> LabTemplate:
    size = row["group_size"]
    return LabTemplate(
        key=row["key"],
        name=_both(row, "name"),
        about=_both(row, "about"),
        smallest=size["min"],
        ideal=size["ideal"],
        largest=size["max"],
        per_table=size["per_table"],
        phases=tuple(_phase(phase) for phase in row["phases"]),
    )


def _phase(row: dict[str, Any]) -> PhaseTemplate:
    prompts = zip(row["prompts_sv"], row["prompts_en"], strict=True)
    return PhaseTemplate(
        key=row["key"],
        name=_both(row, "name"),
        purpose=_both(row, "purpose"),
        minutes=row["minutes"],
        mode=Mode(row["mode"]),
        captures=tuple(Capture(word) for word in row["captures"]),
        prompts=tuple(Bilingual(sv, en) for sv, en in prompts),
        ballot=Ballot(row.get("ballot", Ballot.STANCE)),
        dots=row.get("dots", USUAL_DOTS),
        weighs=tuple(Capture(word) for word in row.get("weighs", ())),
    )


def _both(row: dict[str, Any], name: str) -> Bilingual:
    return Bilingual(row[f"{name}_sv"], row[f"{name}_en"])
