"""The map as everybody may see it: no person, no group or sector under the floor."""

import numpy as np

from hakapa.algorithms.opinion.division import Division
from hakapa.algorithms.opinion.document import Document, inputs_of, room_of
from hakapa.algorithms.opinion.opinion_map import OpinionMap
from hakapa.algorithms.opinion.privacy import Flags, visible, visible_answers
from hakapa.algorithms.opinion.steadiness import Trail
from hakapa.algorithms.opinion.votes import Votes


def public_document(
    shown: OpinionMap, votes: Votes | None = None, before: Trail | None = None
) -> Document:
    """Write down what everybody may see.

    With `votes` it holds its inputs too, so that `recompute` gives the same map: give only votes
    that everybody may see, with names that point at nobody.
    """
    divisions = [shown.groups] + ([shown.sectors] if shown.sectors else [])
    document = room_of(shown)
    for told in document["statements"]:
        if told["agree"] + told["pass"] + told["disagree"] < shown.method.floor:
            told["agree"] = told["pass"] = told["disagree"] = None
    for division in divisions:
        answers = visible_answers(shown, division)
        document[division.kind] = _parts(shown, division, answers)
        document[f"between_{division.kind}"] = _between(shown, division, answers)
    if votes is not None:
        document["inputs"] = inputs_of(votes, before)
    return document


def _parts(shown: OpinionMap, division: Division, answers: Flags) -> list[Document]:
    """Write down the groups that may be shown, and of each what may be shown.

    `place` is where a group stands among all, by which the drawing chooses its mark.
    """
    ids, found = shown.room.statements.tolist(), []
    for at in np.flatnonzero(visible(shown, division)).tolist():
        counts = division.counts[at]
        told = {
            str(ids[one]): counts[:, one].tolist() for one in np.flatnonzero(answers[at]).tolist()
        }
        stands_for = [
            {"statement": ids[one.statement], "answer": one.answer}
            for one in division.representative[at]
            if answers[at, one.statement]
        ]
        found.append(
            {
                "place": at,
                "name": division.names[at],
                "size": division.sizes[at],
                "disagree_pass_agree": told,
                "representative": stands_for,
            }
        )
    return found


def _between(shown: OpinionMap, division: Division, answers: Flags) -> Document:
    """Write down which statements unite and which divide those that may be shown, best first."""
    ids = shown.room.statements.tolist()
    return {
        "bridging": [
            {"statement": ids[one.statement], "answer": one.answer}
            for one in division.bridges
            if answers[one.weakest, one.statement]
        ],
        "dividing": [
            {
                "statement": ids[one.statement],
                "most": division.names[one.most],
                "least": division.names[one.least],
            }
            for one in division.divides
            if answers[[one.most, one.least], one.statement].all()
        ],
    }
