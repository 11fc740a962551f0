"""What a running Polis answered, given its groups, is answered here exactly."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from hakapa.algorithms.opinion.comparing import adjusted_rand
from hakapa.algorithms.opinion.components import components_of
from hakapa.algorithms.opinion.mapping import map_given, map_opinions
from hakapa.algorithms.opinion.method import Method
from hakapa.algorithms.opinion.projection import positions_of
from hakapa.algorithms.opinion.reading import read_votes
from hakapa.algorithms.opinion.sums import sums_of
from hakapa.algorithms.opinion.tests.rooms import answer_of, conversations
from hakapa.algorithms.opinion.votes import Votes

EXACT = conversations("clojure_blobs_exact")


def read(folder):
    """The votes of a conversation, and what Polis answered."""
    polis, cast = answer_of(folder, "math-pca2"), answer_of(folder, "votes")
    silent = set(polis["mod-out"] or []) | set(polis["meta-tids"] or [])
    columns = [[vote[key] for vote in cast] for key in ("participant_id", "statement_id", "vote")]
    return Votes.from_columns(*columns, known=polis["tids"], moderated=silent), polis


def groups_of(polis):
    """The group number of every participant Polis mapped."""
    base = dict(zip(polis["base-clusters"]["id"], polis["base-clusters"]["members"], strict=True))
    return {
        person: group["id"]
        for group in polis["group-clusters"]
        for one in group["members"]
        for person in base[one]
    }


def is_complete(votes, polis):
    """Whether the file of votes holds as many votes as Polis had."""
    return votes.columns.size == sum(polis["user-vote-counts"].values())


@pytest.mark.parametrize("folder", EXACT)
def test_representative_statements_equal_polis(folder):
    votes, polis = read(folder)
    shown = map_given(votes, groups_of(polis))
    ids = votes.statements.tolist()
    assert len(shown.letters) == len(polis["group-clusters"])
    for number, chosen in zip(shown.letters, shown.groups.representative, strict=True):
        theirs = polis["repness"][str(number)]
        assert [(ids[one.statement], one.answer, one.success, one.trials) for one in chosen] == [
            (one["tid"], one["repful-for"], one["n-success"], one["n-trials"]) for one in theirs
        ]
        figures = [(one.share, one.share_z, one.ratio) for one in chosen]
        wanted = [(one["p-success"], one["p-test"], one["repness"]) for one in theirs]
        np.testing.assert_allclose(figures, wanted, rtol=1e-9)
        np.testing.assert_allclose(
            [one.ratio_z for one in chosen], [one["repness-test"] for one in theirs], rtol=1e-6
        )
        assert [one.best_agree for one in chosen] == [bool(one.get("best-agree")) for one in theirs]


@pytest.mark.parametrize("folder", EXACT)
def test_consensus_and_group_aware_consensus_equal_polis(folder):
    votes, polis = read(folder)
    shown = map_given(votes, groups_of(polis))
    ids = votes.statements.tolist()
    for mine, theirs in (
        (shown.agreed, polis["consensus"]["agree"]),
        (shown.rejected, polis["consensus"]["disagree"]),
    ):
        assert [ids[one.statement] for one in mine] == [one["tid"] for one in theirs]
    wanted = [polis["group-aware-consensus"][str(one)] for one in ids]
    np.testing.assert_allclose(shown.groups.agree_in_all, wanted, atol=1e-12)


@pytest.mark.parametrize("folder", EXACT)
def test_axes_and_places_equal_polis_where_its_votes_are_complete(folder):
    votes, polis = read(folder)
    if not is_complete(votes, polis):
        pytest.skip("Polis had votes that this file lacks")
    components = components_of(sums_of(votes), votes.silent)
    np.testing.assert_allclose(components.centre, -np.array(polis["pca"]["center"]), atol=1e-12)
    theirs = np.array(polis["pca"]["comps"])
    turn = (components.loadings * theirs).sum(axis=1)
    np.testing.assert_allclose(np.abs(turn), 1, atol=1e-9)
    places = positions_of(votes, components) * -np.sign(turn)
    row = {key: at for at, key in enumerate(votes.participants.tolist())}
    base = polis["base-clusters"]
    for members, x, y in zip(base["members"], base["x"], base["y"], strict=True):
        middle = places[[row[one] for one in members]].mean(axis=0)
        np.testing.assert_allclose(middle, [x, y], atol=1e-9)


@pytest.mark.parametrize("folder", EXACT)
def test_everybody_with_enough_votes_is_mapped_as_polis_does(folder):
    votes, polis = read(folder)
    if not is_complete(votes, polis):
        pytest.skip("Polis had votes that this file lacks")
    shown = map_opinions(votes)
    mine = set(votes.participants[shown.mapped].tolist())
    assert mine <= set(polis["in-conv"])
    late = set(polis["in-conv"]) - mine  # let in while the conversation was small
    assert len(late) <= Method().min_people


@pytest.mark.parametrize("folder", EXACT)
def test_groups_found_anew_tell_the_same_story_as_polis(folder):
    votes, polis = read(folder)
    shown = map_opinions(votes)
    ids = votes.statements.tolist()
    for mine, key in ((shown.agreed, "agree"), (shown.rejected, "disagree")):
        assert [ids[one.statement] for one in mine] == [
            one["tid"] for one in polis["consensus"][key]
        ]
    theirs = [polis["group-aware-consensus"][str(one)] for one in ids]
    assert spearmanr(shown.groups.agree_in_all, theirs).statistic > 0.9
    found = {who: at for at in range(shown.k) for who in shown.members(at)}
    assert adjusted_rand(found, groups_of(polis)) > 0.4


@pytest.mark.parametrize("folder", conversations("openData")[:3])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_map_of_a_real_conversation_is_the_same_whatever_the_order_of_votes(folder, seed):
    votes = read_votes(folder / "participants-votes.csv.xz")
    rows = list(votes.rows())
    order = np.random.default_rng(seed).permutation(len(rows))
    mixed = Votes.from_rows([rows[at] for at in order], known=votes.statements.tolist())
    one, other = map_opinions(votes), map_opinions(mixed)
    assert one.labels.tolist() == other.labels.tolist()
    assert (one.positions == other.positions).all()


@pytest.mark.parametrize("folder", conversations("openData")[:3])
def test_the_map_of_a_real_conversation_is_the_same_whatever_people_are_called(folder):
    votes = read_votes(folder / "participants-votes.csv.xz")
    called = np.random.default_rng(4).permutation(votes.participants.max() + 1)
    rows = [(int(called[who]), what, vote) for who, what, vote in votes.rows()]
    one, other = (map_opinions(each) for each in (votes, Votes.from_rows(rows)))
    found = {int(called[who]): at for at in range(one.k) for who in one.members(at)}
    again = {who: at for at in range(other.k) for who in other.members(at)}
    assert adjusted_rand(found, again) > 0.97
