"""What pabutools elects, asked in its own words; used by tests and by the side-by-side runs."""

import importlib
from typing import Any

from hakapa.algorithms.budgeting.election import Ballots
from hakapa.algorithms.budgeting.pabulib import parse_pb
from hakapa.algorithms.budgeting.result import Terms, fund

SATISFACTION = {
    "cost": "Cost_Sat",
    "cardinality": "Cardinality_Sat",
    "score": "Additive_Cardinal_Sat",
    "borda": "Additive_Borda_Sat",
}


def peer_winners(text, utility, completion, *, floats=False):
    """Return the ids that pabutools elects; in its float mode every voter is counted apart."""
    fractions: Any = importlib.import_module("pabutools.fractions")
    reader: Any = importlib.import_module("pabutools.election.pabulib")
    exact = fractions.FRACTION
    fractions.FRACTION = fractions.FLOAT_FRAC if floats else exact
    try:
        instance, profile = reader.parse_pabulib_from_string(text)
        return elected(instance, profile, utility, completion, merged=not floats)
    finally:
        fractions.FRACTION = exact


def elected(instance, profile, utility, completion, *, merged=True):
    """Count with pabutools; add1-exhaustive is its only completion by raises."""
    election = importlib.import_module("pabutools.election")
    rules = importlib.import_module("pabutools.rules")
    winners = rules.method_of_equal_shares(
        instance,
        profile.as_multiprofile() if merged else profile,
        sat_class=getattr(election, SATISFACTION[utility]),
        voter_budget_increment=1 if completion == "add1-exhaustive" else None,
    )
    return {project.name for project in winners}


def same_with_their_borda(text, completion, theirs):
    """Check that Borda counted by the ballot's length, as pabutools does, gives its winners.

    The named cause of all differences under borda: a ranking of k projects gives k - 1 points to
    the first there, and the number of projects less 1 here. Counted as points the rule is the same.
    """
    election = parse_pb(text)
    ballots = election.ballots
    lengths = (ballots.starts[1:] - ballots.starts[:-1])[ballots.owner]
    place = range(len(ballots.chosen)) - ballots.starts[ballots.owner]
    points = Ballots(ballots.starts, ballots.chosen, lengths - place - 1)
    changed = election.__class__(**(vars(election) | {"ballots": points}))
    terms = Terms(utility="score", completion=completion, ties="name")
    return set(fund(changed, terms).winners) == theirs
