"""From the answers in a lab to its opinion map, and to what pages and files tell of it.

The map itself is drawn and explained by the library `hakapa.algorithms.opinion`. Everything that
leaves this module may be seen by everybody: participants go by numbers that point at nobody, a
statement answered by fewer than five people is left out, and what somebody declared about
themselves is told for perspectives only, never beside their answers.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import numpy as np
from django.utils.crypto import salted_hmac
from django.utils.translation import override

from hakapa.algorithms import opinion
from hakapa.algorithms.opinion.phrases import Language
from hakapa.algorithms.opinion.steadiness import Pace
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab, Perspective, Vote
from hakapa.labs.queries import SMALLEST_CELL, open_statements

METHOD = opinion.Method(floor=SMALLEST_CELL)
LANGUAGES: tuple[Language, ...] = ("sv", "en")
LARGEST = 10**15  # below it every program reads whole numbers exactly
_UNDECIDED = Pace(0, 0, 0)


@dataclass(frozen=True)
class Drawn:
    """A map in the forms in which it is kept; see the fields of the model."""

    people: int
    shown: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    inputs: dict[str, Any] = field(default_factory=dict)
    trail: dict[str, Any] | None = None


def draw(lab: Lab, before: dict[str, Any] | None) -> Drawn:
    """Draw the lab's map; with the trail of the map before, groups keep their letters.

    When the lab is over, the number of groups is the one that fits best, whatever was shown until
    then.
    """
    is_over = lab.state == State.CLOSED
    votes, trail = answers_of(lab), opinion.trail_from(before) if before else None
    if votes.participants.size < SMALLEST_CELL:
        return Drawn(people=0, trail=before)
    if trail and is_over:
        trail = replace(trail, pace=_UNDECIDED)
    shown = opinion.map_opinions(with_perspectives(lab, votes), METHOD, trail)
    document = opinion.public_document(shown, votes, trail)
    for perspective in document.get("sectors", []):
        del perspective["size"]  # beside how many took part it would tell how many did not answer
    return Drawn(
        people=int(shown.mapped.size),
        inputs=document.pop("inputs"),
        shown=document,
        told={language: _told(shown, language, is_over=is_over) for language in LANGUAGES},
        trail=opinion.trail_document(shown.trail),
    )


def answers_of(lab: Lab, known: Collection[int] | None = None) -> opinion.Votes:
    """Return the answers that may be published, by numbers that point at nobody.

    `known` are statements to hold even when none of their answers may be published.
    """
    texts = dict(open_statements(lab).values_list("pk", "text"))
    rows = Vote.objects.filter(statement__in=open_statements(lab)).order_by("pk")
    columns = rows.values_list("participant_id", "statement_id", "value").iterator(50_000)
    cast = np.fromiter(columns, dtype=np.dtype((np.int64, 3))).reshape(-1, 3)
    _asked, place, answers = np.unique(cast[:, 1], return_inverse=True, return_counts=True)
    cast = cast[(answers >= SMALLEST_CELL)[place]]
    people, place = np.unique(cast[:, 0], return_inverse=True)
    numbers = pseudonyms(lab)
    names = np.array([numbers[one] for one in people.tolist()], dtype=np.int64)
    votes = opinion.Votes.from_columns(names[place], cast[:, 1], cast[:, 2], known=known)
    return votes.with_texts(texts)


def pseudonyms(lab: Lab) -> dict[int, int]:
    """Return a number for each participant, the same every time, all different.

    Without the site's secret nobody can tell whose it is, nor in which order people came.
    """
    people = lab.participants.order_by("pk").values_list("pk", flat=True)
    taken: dict[int, int] = {}
    for one in people:
        turns = (_number(f"{lab.pk}.{one}.{turn}") for turn in count())
        number = next(number for number in turns if number not in taken)
        taken[number] = one
    return {one: number for number, one in taken.items()}


def with_perspectives(lab: Lab, votes: opinion.Votes) -> opinion.Votes:
    """Add from where people see the city, for those who said."""
    said = lab.participants.exclude(perspective="").values_list("pk", "perspective")
    numbers = pseudonyms(lab)
    sectors = {numbers[one]: perspective for one, perspective in said}
    return votes.with_sectors(sectors) if sectors else votes


def _number(words: str) -> int:
    return int(salted_hmac("labs.maps", words, algorithm="sha256").hexdigest(), 16) % LARGEST


def _told(shown: opinion.OpinionMap, language: Language, *, is_over: bool) -> dict[str, Any]:
    """Tell the map in a language: drawing, sentences, table."""
    with override(language):
        if shown.sectors:
            names = tuple(str(Perspective(name).label) for name in shown.sectors.names)
            shown = replace(shown, sectors=replace(shown.sectors, names=names))
    seen = opinion.visible(shown, shown.groups).nonzero()[0]
    return {
        "marks": [opinion.symbol(place) for place in seen.tolist()],
        "drawing": opinion.draw(shown, language),
        "sentences": opinion.explain(shown, language, still_asking=not is_over),
        "table": opinion.table(shown, language),
    }
