"""Small elections for tests: made by hand, and drawn by hypothesis."""

from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st

from hakapa.algorithms.budgeting.election import Election, Project, Vote, hold

drawn = settings(max_examples=40, deadline=None)

UTILITIES_OF = {
    "approval": ("cost", "cardinality", "score"),
    "cumulative": ("cost", "cardinality", "score"),
    "ordinal": ("cost", "cardinality", "borda"),
}


def approve(budget, costs, *ballots, weights=None):
    """Hold an approval election: costs by project id, ballots as strings of one-letter ids."""
    projects = [Project(name, Fraction(cost), f"Project {name}") for name, cost in costs.items()]
    weights = weights or [1] * len(ballots)
    votes = [
        Vote(f"v{number}", tuple(ballot), weight=Fraction(weight))
        for number, (ballot, weight) in enumerate(zip(ballots, weights, strict=True), 1)
    ]
    return hold(budget, projects, votes)


@st.composite
def elections(draw, vote_types=tuple(UTILITIES_OF), *, weighted=True):
    """Draw an election full of ties: few different costs, few voters, small points."""
    count = draw(st.integers(1, 6))
    highest = draw(st.sampled_from([2, 5, 100, 10**6, 10**15]))
    cost = st.fractions(0, highest, max_denominator=2)
    projects = [Project(str(number), draw(cost)) for number in range(count)]
    vote_type = draw(st.sampled_from(vote_types))
    names = [project.id for project in projects]
    votes = []
    for number in range(draw(st.integers(0, 9))):
        chosen = draw(st.lists(st.sampled_from(names), unique=True))
        points = None
        if vote_type == "cumulative":
            points = tuple(
                Fraction(draw(st.integers(0, 3)), draw(st.integers(1, 2))) for _ in chosen
            )
        weight = draw(st.sampled_from([1, 1, 1, Fraction(1, 2), 3])) if weighted else 1
        votes.append(Vote(f"v{number}", tuple(chosen), points, Fraction(weight)))
    budget = draw(st.integers(1, highest * count))
    return hold(budget, projects, votes, vote_type=vote_type)


def utilities(election: Election):
    """List the utilities that an election's ballots can express."""
    return UTILITIES_OF[election.vote_type]
