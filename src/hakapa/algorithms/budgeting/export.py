"""A result as JSON, complete enough to be counted again by whoever doubts it."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from hakapa.algorithms.budgeting.election import Election, Project, gather
from hakapa.algorithms.budgeting.explaining import Accounts, ProjectStory, voter_account
from hakapa.algorithms.budgeting.result import FundingResult, Terms, fund
from hakapa.algorithms.budgeting.sentences import result_sentences
from hakapa.algorithms.budgeting.wording import LANGUAGES

FORM = "hakapa-fund-1"


def exported(result: FundingResult, *, payments: bool = False) -> dict[str, Any]:
    """Return what `json.dumps` can write; `payments` adds what every voter paid, with voter ids.

    Amounts are rounded for reading; `ballots`, `terms` and each project's `exact_cost` are exact,
    and `recomputed` needs nothing else.
    """
    election = result.election
    accounts = Accounts(result)
    stories = [accounts.story(number) for number in range(len(election.projects))]
    out: dict[str, Any] = {
        "form": FORM,
        "source": election.source,
        "currency": election.currency,
        "winners": list(result.winners),
        "cost": amount(result.cost),
        "budget": amount(election.budget),
        **asdict(result.terms),
        "step": exact(result.terms.step),
        **_course(result),
        "projects": [_project(story) for story in stories],
        "explanation": {tongue: result_sentences(result, tongue) for tongue in LANGUAGES},
        "notices": list(election.notices),
        "exact_budget": exact(election.budget),
        "ballots": _ballots(election),
    }
    if payments:
        out["payments"] = [_payment(result, voter) for voter in range(len(election.voter_ids))]
    return out


def _course(result: FundingResult) -> dict[str, Any]:
    """Tell how the count went, and how well it served the voters."""
    ids = [project.id for project in result.election.projects]
    return {
        "voters": len(result.election.voter_ids),
        "weight": amount(_total_weight(result.election)),
        "endowment": amount(result.endowment),
        "raises": result.raises,
        "ended": result.ended,
        "added": [ids[number] for number in result.added],
        "next_outcome": [ids[number] for number in result.next_funded],
        "ties_broken": [[ids[number] for number in tie] for tie in result.ties],
        "exclusion_ratio": float(result.exclusion_ratio),
        "effectiveness": float(result.effectiveness),
    }


def recomputed(export: Mapping[str, Any]) -> FundingResult:
    """Count again from an export. Voters are then known by number only."""
    ballots = export["ballots"]
    projects = tuple(
        Project(item["id"], Fraction(item["exact_cost"]), item["name"])
        for item in export["projects"]
    )
    position = {project.id: number for number, project in enumerate(projects)}
    rows = [[position[name] for name in names] for names in ballots["projects"]]
    points = ballots["points"]
    given = None if points is None else [[Fraction(value) for value in row] for row in points]
    voters = np.array(ballots["ballot_of"], dtype=np.int32)
    weights = ballots["weights"]
    election = Election(
        budget=Fraction(export["exact_budget"]),
        projects=projects,
        vote_type=ballots["vote_type"],
        ballots=gather(rows, given),
        ballot_of=voters,
        voter_ids=tuple(str(number) for number in range(1, len(voters) + 1)),
        weights=None if weights is None else tuple(map(Fraction, weights)),
        meta=(("currency", export["currency"]),) if export["currency"] else (),
        notices=tuple(export["notices"]),
        source=export["source"],
    )
    names = ("rule", "utility", "completion", "ties", "seed")
    terms = Terms(**{name: export[name] for name in names}, step=Fraction(export["step"]))
    return fund(election, terms)


def amount(value: Fraction) -> int | float:
    """Round money to the hundredth, half to even; whole amounts stay whole."""
    cents = round(value * 100)
    return cents // 100 if cents % 100 == 0 else float(Decimal(cents) / 100)


def exact(value: Fraction) -> int | str:
    """Write a number without any loss: whole, or as a quotient."""
    return value.numerator if value.denominator == 1 else str(value)


def _total_weight(election: Election) -> Fraction:
    if election.weights is None:
        return Fraction(len(election.voter_ids))
    return sum(election.weights, Fraction(0))


def _project(story: ProjectStory) -> dict[str, Any]:
    return {
        "id": story.project,
        "name": story.name,
        "cost": amount(story.cost),
        "exact_cost": exact(story.cost),
        "votes": amount(story.votes),
        "supporters": story.supporters,
        "funded": story.how != "lost",
        "how": story.how,
        "reason": story.reason,
        "place": story.place,
        "highest_payment": amount(story.highest_payment),
        "effective_votes": amount(story.effective_votes),
        "effectiveness": float(story.effectiveness),
        "supporters_without_money": story.supporters_without_money,
        "supporters_money_left": amount(story.money_left),
        "missing": amount(story.missing),
    }


def _ballots(election: Election) -> dict[str, Any]:
    """Write the different ballots once, and each voter's ballot by number, without voter ids."""
    ballots = election.ballots
    ids = np.array([project.id for project in election.projects], dtype=object)
    chosen, starts = ids[ballots.chosen].tolist(), ballots.starts.tolist()
    spans = list(pairwise(starts))
    points = None
    if ballots.points is not None:
        flat = [exact(value * ballots.points_unit) for value in ballots.points.tolist()]
        points = [flat[low:high] for low, high in spans]
    weights = election.weights
    return {
        "vote_type": election.vote_type,
        "projects": [chosen[low:high] for low, high in spans],
        "points": points,
        "ballot_of": election.ballot_of.tolist(),
        "weights": None if weights is None else [exact(weight) for weight in weights],
    }


def _payment(result: FundingResult, voter: int) -> dict[str, Any]:
    account = voter_account(result, voter)
    return {
        "voter": account.voter,
        "endowment": amount(account.endowment),
        "paid": {project: amount(paid) for project, paid in account.paid},
        "left": amount(account.left),
    }
