"""The map as one document (JSON), complete enough to compute the same map again from it."""

from typing import Any

import numpy as np

from hakapa.algorithms.opinion.division import Division
from hakapa.algorithms.opinion.mapping import map_opinions
from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.opinion_map import OpinionMap, letter
from hakapa.algorithms.opinion.routing import least_certain
from hakapa.algorithms.opinion.steadiness import Pace, Trail
from hakapa.algorithms.opinion.votes import Votes

FORMAT = "hakapa opinion map 1"
Document = dict[str, Any]


def document_of(
    shown: OpinionMap, votes: Votes | None = None, before: Trail | None = None
) -> Document:
    """Write everything down, with the inputs when `votes` are given.

    This is for those who may see the votes; `public.public_document` is for everybody.
    """
    ids = shown.room.statements.tolist()
    document = room_of(shown) | {
        "groups": _groups(shown),
        "projection": _projection(shown),
        "representative": _representative(shown),
        "group_aware_consensus": _by_id(ids, shown.groups.agree_in_all),
        "group_aware_disagreement": _by_id(ids, shown.groups.disagree_in_all),
        "between_groups": _between(shown, shown.groups),
        "sectors": _sectors(shown),
        "trail": trail_document(shown.trail),
    }
    if votes is not None:
        document["inputs"] = inputs_of(votes, before)
    return document


def recompute(document: Document) -> OpinionMap:
    """Compute the map again from a document's own inputs; raises ValueError without them."""
    if "inputs" not in document:
        raise ValueError("the document holds no inputs, so nothing can be computed from it")
    before = document["inputs"]["before"]
    trail = None if before is None else trail_from(before)
    return map_opinions(votes_from(document), Method(**document["method"]), trail)


def votes_from(document: Document) -> Votes:
    """Take the votes out of a document."""
    inputs = document["inputs"]
    who, what = np.array(inputs["participants"]), np.array(inputs["statements"])
    rows = np.array(inputs["votes"]["participant"], dtype=np.int64)
    columns = np.array(inputs["votes"]["statement"], dtype=np.int64)
    votes = Votes.from_columns(
        who[rows],
        what[columns],
        np.array(inputs["votes"]["vote"], dtype=np.int8),
        known=inputs["statements"],
        moderated=inputs["moderated"],
    )
    if inputs["texts"]:
        votes = votes.with_texts(dict(zip(inputs["statements"], inputs["texts"], strict=True)))
    if inputs["sectors"] is None:
        return votes
    return votes.with_sectors(dict(zip(inputs["participants"], inputs["sectors"], strict=True)))


def trail_from(document: Document) -> Trail:
    """Read a trail that a document holds."""
    return Trail(
        np.array(document["people"]),
        np.array(document["groups"], dtype=np.int8),
        np.array(document["statements"]),
        np.array(document["loadings"], dtype=np.float64),
        Pace(**document["pace"]),
    )


def room_of(shown: OpinionMap) -> Document:
    """Write down what concerns the whole room."""
    ids = shown.room.statements.tolist()
    x, y = shown.components.explained
    return {
        "format": FORMAT,
        "method": shown.method.as_json(),
        "n_participants": int(shown.room.participants.size),
        "n_statements": len(ids),
        "n_votes": shown.n_votes,
        "mapped": int(shown.mapped.size),
        "votes_asked": shown.votes_asked,
        "k": shown.k,
        "silhouettes": {str(k): value for k, value in shown.silhouettes.items()},
        "explained": [x, y],
        "statements": _statements(shown),
        "consensus": {
            "agree": [ids[one.statement] for one in shown.agreed],
            "disagree": [ids[one.statement] for one in shown.rejected],
        },
        "least_certain": [ids[one] for one in least_certain(shown, shown.method.picks)],
    }


def _statements(shown: OpinionMap) -> list[Document]:
    """Write down each statement and what the whole room answered."""
    return [
        {
            "id": key,
            "text": shown.room.texts[at] if shown.room.texts else "",
            "moderated": bool(shown.room.silent[at]),
            "disagree": int(shown.counts[0, at]),
            "pass": int(shown.counts[1, at]),
            "agree": int(shown.counts[2, at]),
        }
        for at, key in enumerate(shown.room.statements.tolist())
    ]


def _groups(shown: OpinionMap) -> list[Document]:
    """Write down the groups: a lasting number and letter, and who is in them."""
    pairs = zip(shown.letters, shown.groups.sizes, strict=True)
    return [
        {"id": number, "letter": letter(number), "size": size, "members": shown.members(at)}
        for at, (number, size) in enumerate(pairs)
    ]


def _projection(shown: OpinionMap) -> Document:
    """Write down where each mapped participant stands, by id."""
    people = shown.room.participants[shown.mapped].tolist()
    places = shown.positions[shown.mapped].tolist()
    return {str(key): place for key, place in zip(people, places, strict=True)}


def _representative(shown: OpinionMap) -> Document:
    """Write down what each group stands for, by group id."""
    ids = shown.room.statements.tolist()
    return {
        str(number): [vars(one) | {"statement": ids[one.statement]} for one in chosen]
        for number, chosen in zip(shown.letters, shown.groups.representative, strict=True)
    }


def _between(shown: OpinionMap, division: Division) -> Document:
    """Write down what unites and what divides the groups."""
    ids, names = shown.room.statements.tolist(), division.names
    return {
        "bridging": [
            vars(one) | {"statement": ids[one.statement], "weakest": names[one.weakest]}
            for one in division.bridges
        ],
        "dividing": [
            vars(one)
            | {
                "statement": ids[one.statement],
                "most": names[one.most],
                "least": names[one.least],
            }
            for one in division.divides
        ],
    }


def _sectors(shown: OpinionMap) -> Document | None:
    """Write down the declared sectors."""
    if shown.sectors is None:
        return None
    ids = shown.room.statements.tolist()
    sizes = dict(zip(shown.sectors.names, shown.sectors.sizes, strict=True))
    in_all = {"agree_in_all": _by_id(ids, shown.sectors.agree_in_all)}
    return {"sizes": sizes} | in_all | _between(shown, shown.sectors)


def inputs_of(votes: Votes, before: Trail | None) -> Document:
    """Write down the votes, by participant, then by statement, and the former map's trail."""
    who = np.repeat(np.arange(votes.participants.size), votes.cast)
    order = np.lexsort((votes.columns, who))
    sectors = None
    if votes.sector_of is not None:
        names = (*votes.sectors, "")
        sectors = [names[one] for one in votes.sector_of.tolist()]
    return {
        "participants": votes.participants.tolist(),
        "statements": votes.statements.tolist(),
        "texts": list(votes.texts),
        "moderated": votes.statements[votes.silent].tolist(),
        "sectors": sectors,
        "votes": {
            "participant": who[order].tolist(),
            "statement": votes.columns[order].tolist(),
            "vote": votes.values[order].tolist(),
        },
        "before": None if before is None else trail_document(before),
    }


def trail_document(trail: Trail) -> Document:
    """Write down what the next map needs."""
    return {
        "people": trail.people.tolist(),
        "groups": trail.groups.tolist(),
        "statements": trail.statements.tolist(),
        "loadings": trail.loadings.tolist(),
        "pace": vars(trail.pace),
    }


def _by_id(ids: list[Any], values: Any) -> Document:
    """Name values by statement id."""
    return dict(zip((str(key) for key in ids), values.tolist(), strict=True))
