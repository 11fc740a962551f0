"""The map as a document, for those who may see all and for everybody."""

import json

import pytest

from hakapa.algorithms.opinion.document import (
    document_of,
    recompute,
    trail_from,
    votes_from,
)
from hakapa.algorithms.opinion.mapping import map_opinions
from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.public import public_document
from hakapa.algorithms.opinion.tests.rooms import camps
from hakapa.algorithms.opinion.votes import Votes

SECTORS = {who: ("kommun", "företag", "akademi")[who % 3 if who < 36 else 0] for who in range(40)}


def room():
    """Two camps with words, sectors and a moderated statement."""
    votes = camps().with_texts({one: f"Påstående <{one}> & mer" for one in range(12)})
    return votes.with_sectors(SECTORS).with_moderated([4])


def test_the_document_holds_what_is_promised():
    votes = room()
    told = document_of(map_opinions(votes), votes)
    for key in (
        "n_participants", "n_statements", "n_votes", "mapped", "k", "silhouettes", "groups",
        "group_aware_consensus", "representative", "projection",
    ):  # fmt: skip
        assert key in told
    assert told["n_participants"] == 40
    assert told["n_votes"] == votes.columns.size
    assert told["k"] == len(told["groups"]) == 2
    assert sum(group["size"] for group in told["groups"]) == told["mapped"]
    assert sorted(who for group in told["groups"] for who in group["members"]) == sorted(
        int(who) for who in told["projection"]
    )
    assert set(told["consensus"]["agree"]) <= set(range(6, 12))
    assert set(told["representative"]) == {"0", "1"}


@pytest.mark.parametrize("votes", [room(), camps(people=6), Votes.from_rows([])])
def test_a_map_is_computed_again_from_its_own_document(votes):
    shown = map_opinions(votes, Method(picks=3, seed=5))
    told = document_of(shown, votes)
    read = json.loads(json.dumps(told))
    assert document_of(recompute(read), votes_from(read)) == told


def test_a_map_that_follows_another_is_computed_again_too():
    votes = room()
    before = map_opinions(camps(people=30)).trail
    told = document_of(map_opinions(votes, before=before), votes, before)
    read = json.loads(json.dumps(told))
    again = recompute(read)
    assert document_of(again, votes, trail_from(read["inputs"]["before"])) == told


def test_a_document_without_votes_cannot_be_computed_again():
    with pytest.raises(ValueError, match="holds no inputs"):
        recompute(document_of(map_opinions(room())))


def test_the_public_document_names_nobody():
    told = public_document(map_opinions(room()))
    assert "projection" not in told
    assert "trail" not in told
    assert all("members" not in group for group in told["groups"])
    assert {group["name"] for group in told["sectors"]} == {"akademi", "företag", "kommun"}
    assert "sectors" not in public_document(map_opinions(camps()))


def test_the_public_document_tells_what_unites_and_what_divides():
    told = public_document(map_opinions(room()))
    assert {one["statement"] for one in told["between_groups"]["bridging"]} <= set(range(6, 12))
    assert {one["statement"] for one in told["between_groups"]["dividing"]} == {0, 1, 2, 3, 5}
    assert {one["most"] for one in told["between_groups"]["dividing"]} == {"B"}
    assert told["between_sectors"]["bridging"]


def test_the_public_document_may_hold_its_inputs():
    votes = room()
    shown = map_opinions(votes)
    told = json.loads(json.dumps(public_document(shown, votes)))
    assert public_document(recompute(told), votes) == public_document(shown, votes)


def test_the_public_document_keeps_back_statements_few_voted_on():
    rows = [*camps().rows(), (0, 50, 1), (1, 50, -1)]
    told = public_document(map_opinions(Votes.from_rows(rows)))
    assert [one["agree"] for one in told["statements"] if one["id"] == 50] == [None]
    assert all("50" not in group["disagree_pass_agree"] for group in told["groups"])
