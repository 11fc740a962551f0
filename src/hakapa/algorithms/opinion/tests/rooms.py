"""Small rooms of people for tests, and where the large ones lie."""

import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from hakapa.algorithms.opinion.votes import Votes

POLIS = Path(__file__).resolve().parents[6] / "shared" / "algorithms" / "polis"


def conversations(folder):
    """List the conversations of one kind, or one skipped parameter that says why."""
    found = sorted((POLIS / folder).glob("*")) if POLIS.is_dir() else []
    if not found:
        absent = pytest.mark.skip(reason="the shared Polis conversations are not here")
        return [pytest.param(None, marks=absent)]
    return [pytest.param(one, id=one.name) for one in found]


def answer_of(folder, name):
    """Read one file of a conversation."""
    with lzma.open(folder / f"{name}.json.xz") as stream:
        return json.load(stream)


def two_camps(people=40, statements=12, seed=3):
    """Two camps that disagree on the first half of the statements and agree on the second."""
    draw = np.random.default_rng(seed)
    rows = []
    for person in range(people):
        camp = 1 if person % 2 else -1
        for statement in range(statements):
            if draw.random() < 0.9:
                sure = 1 if statement >= statements // 2 else camp
                rows.append((person, statement, sure if draw.random() < 0.9 else 0))
    return rows


def camps(**more):
    """The two camps as votes."""
    return Votes.from_rows(two_camps(**more))
