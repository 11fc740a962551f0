"""How ties are broken: by a rule with a name, settled before anything is counted."""

import re
from random import Random

from hakapa.algorithms.budgeting.election import Election

TIE_RULES = ("cheapest", "votes", "name", "file", "lot")


def tie_ranks(election: Election, votes: tuple[int, ...], rule: str, seed: int = 0) -> list[int]:
    """Return each project's place in the tie-breaking order; the smaller place wins.

    cheapest: lowest cost, then most votes, then id (10 after 9). votes: most votes, then lowest
    cost, then id. name: id as text (10 before 9; what pabutools does). file: the order of the
    file. lot: as cheapest, but a lot drawn in advance with `seed` instead of the id.
    """
    projects = election.projects
    lots = sorted(range(len(projects)), key=lambda c: natural(projects[c].id))
    Random(seed).shuffle(lots)  # noqa: S311 - the lot must be repeatable, not secret
    drawn = {project: place for place, project in enumerate(lots)}
    keys = {
        "cheapest": lambda c: (projects[c].cost, -votes[c], natural(projects[c].id)),
        "votes": lambda c: (-votes[c], projects[c].cost, natural(projects[c].id)),
        "name": lambda c: (projects[c].id,),
        "file": lambda c: (c,),
        "lot": lambda c: (projects[c].cost, -votes[c], drawn[c]),
    }
    order = sorted(range(len(projects)), key=keys[rule])
    places = [0] * len(projects)
    for place, project in enumerate(order):
        places[project] = place
    return places


def natural(text: str) -> list[tuple[int, int, str]]:
    """Sort key that reads runs of digits as numbers."""
    parts = re.split(r"([0-9]{1,300})", text)
    return [(0, int(p), p) if p[:1].isdigit() and p.isascii() else (1, 0, p) for p in parts if p]
