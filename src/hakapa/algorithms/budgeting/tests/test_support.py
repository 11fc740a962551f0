from fractions import Fraction

import pytest

from hakapa.algorithms.budgeting.election import Project, Vote, hold
from hakapa.algorithms.budgeting.result import Terms, fund
from hakapa.algorithms.budgeting.support import support_of
from hakapa.algorithms.budgeting.tests.elections import approve
from hakapa.algorithms.errors import BadInputError


def election_of(vote_type, *ballots, projects="abc"):
    votes = [
        Vote(f"v{n}", tuple(names), None if points is None else tuple(map(Fraction, points)))
        for n, (names, points) in enumerate(ballots)
    ]
    return hold(90, [Project(name, Fraction(30)) for name in projects], votes, vote_type=vote_type)


def worth(election, utility):
    return support_of(election, utility).worth


def test_borda_counts_the_projects_ranked_lower_or_not_at_all():
    election = election_of("ordinal", ("abc", None), ("ba", None), ("b", None))
    assert worth(election, "borda") == (2 + 1, 1 + 2 + 2, 0)
    assert support_of(election, "borda").votes == (2, 3, 0)
    assert support_of(election, "cardinality").votes == (2, 3, 1)


def test_borda_with_one_project_gives_it_a_point():
    assert worth(election_of("ordinal", ("a", None), projects="a"), "borda") == (1,)


def test_score_counts_points_and_one_point_per_project_when_there_are_none():
    given = election_of("cumulative", ("ab", [3, 1]), ("bc", [2, 0]))
    assert worth(given, "score") == (3, 3, 0)
    assert worth(election_of("approval", ("ab", None), ("b", None)), "score") == (1, 2, 0)
    assert worth(election_of("ordinal", ("ab", [2, 1]), ("b", [2])), "score") == (2, 3, 0)


def test_a_project_named_with_no_points_has_a_vote_and_one_with_negative_points_has_none():
    election = election_of("scoring", ("abc", [1, 0, -1]), ("", []))
    assert support_of(election, "cardinality").votes == (1, 1, 0)
    assert support_of(election, "score").votes == (1, 0, 0)


@pytest.mark.parametrize(
    ("vote_type", "utility", "reason"),
    [
        ("ordinal", "score", "these rankings have no points: use borda"),
        ("approval", "borda", "borda needs rankings, and the vote type is approval"),
    ],
)
def test_a_utility_that_the_ballots_cannot_express_is_refused(vote_type, utility, reason):
    with pytest.raises(BadInputError, match=reason):
        fund(election_of(vote_type, ("a", None)), Terms(utility=utility))


def test_weights_beyond_counting_are_refused():
    with pytest.raises(BadInputError, match="weights are too large or too finely divided"):
        fund(approve(10, {"a": 1}, "a", weights=[2**62]))


def test_utilities_too_large_for_64_bits_are_still_summed_exactly():
    projects = [Project("a", Fraction(7))]
    votes = [
        Vote("v", ("a",), (Fraction(2**39),), Fraction(2**30)),
        Vote("w", ("a",), (Fraction(1),)),
    ]
    election = hold(7, projects, votes, vote_type="scoring")
    assert worth(election, "score") == (2**69 + 1,)
    assert fund(election, Terms(utility="score")).winners == ("a",)


def test_ballots_that_are_nearly_all_different_are_counted_voter_by_voter():
    election = election_of(
        "scoring", ("ab", [2, 1]), ("b", [1]), ("b", [1]), ("c", [3]), ("a", [1]), ("", [])
    )
    assert support_of(election, "score").plain
    assert support_of(election, "score").votes == (2, 3, 1)
    few = approve(9, {"a": 1, "b": 2}, "a", "a", "a", "a", "a", "b")
    assert not support_of(few, "cost").plain
    assert support_of(few, "cost").votes == (5, 1)


@pytest.mark.parametrize(
    ("ballots", "reason"),
    [
        ([("ab", [1])], "another number of points than of projects"),
        ([("a", [1]), ("b", None)], "some votes have no points"),
    ],
)
def test_votes_without_their_points_are_refused(ballots, reason):
    with pytest.raises(ValueError, match=reason):
        election_of("scoring", *ballots)
