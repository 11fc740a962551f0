"""What the rules promise, for every election that can be drawn."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hakapa.algorithms.budgeting.completions import COMPLETIONS
from hakapa.algorithms.budgeting.election import Project, Vote, hold
from hakapa.algorithms.budgeting.explaining import voter_account
from hakapa.algorithms.budgeting.plain import backers_of
from hakapa.algorithms.budgeting.result import RULES, Terms, fund
from hakapa.algorithms.budgeting.tests.elections import drawn, elections, utilities

STEP = Fraction(10**5)


def drawn_terms(data, election, **known):
    completion = data.draw(st.sampled_from(COMPLETIONS))
    utility = data.draw(st.sampled_from(utilities(election)))
    return Terms(**({"utility": utility, "completion": completion, "step": STEP} | known))


@drawn
@given(st.data())
def test_feasibility_the_winners_fit_the_budget(data):
    election = data.draw(elections())
    rule = data.draw(st.sampled_from(RULES))
    assert fund(election, drawn_terms(data, election, rule=rule)).cost <= election.budget


@drawn
@given(st.data())
def test_exhaustiveness_after_filling_up_nothing_more_fits(data):
    election = data.draw(elections())
    completion = data.draw(st.sampled_from(["utilitarian", "add1u"]))
    result = fund(election, drawn_terms(data, election, completion=completion))
    left = election.budget - result.cost
    for number in set(result.support.supported()) - set(result.chosen):
        assert election.projects[number].cost > left


@drawn
@given(st.data())
def test_priceability_supporters_pay_each_winner_in_full_and_could_not_pay_a_loser(data):
    election = data.draw(elections())
    result = fund(election, drawn_terms(data, election, completion="none"))
    accounts = [voter_account(result, voter) for voter in range(len(election.voter_ids))]
    ids = [project.id for project in election.projects]
    for number, project in enumerate(election.projects):
        groups = {group for group, _, _ in backers_of(result.support, number)}
        backers = [a for a, g in zip(accounts, result.support.group_of, strict=True) if g in groups]
        if number in result.funded:
            paid = sum(dict(account.paid).get(project.id, 0) for account in backers)
            assert paid == project.cost
        elif backers:
            assert sum(account.left for account in backers) < project.cost
            assert result.money_left(number) == sum(account.left for account in backers)
            assert result.missing(number) == project.cost - result.money_left(number)
    for account in accounts:
        assert account.left >= 0
        assert account.left + sum(amount for _, amount in account.paid) == account.endowment
        assert {name for name, _ in account.paid} <= set(ids)


@drawn
@given(st.data())
def test_anonymity_a_weight_of_two_is_two_voters(data):
    election = data.draw(elections(weighted=False))
    double = data.draw(st.sets(st.sampled_from(range(9))))
    weights = [Fraction(1 + (v in double)) for v in range(len(election.voter_ids))]
    copies = [v for v, weight in enumerate(weights) for _ in range(int(weight))]
    weighted = replace(election, weights=tuple(weights))
    copied = replace(
        election,
        ballot_of=election.ballot_of[copies],
        voter_ids=tuple(f"{number}" for number in range(len(copies))),
    )
    terms = drawn_terms(data, election)
    assert fund(weighted, terms).winners == fund(copied, terms).winners


@drawn
@given(st.data())
def test_neutrality_the_order_of_projects_in_the_file_decides_nothing(data):
    election = data.draw(elections())
    ids = [project.id for project in election.projects]
    order = data.draw(st.permutations(range(len(ids))))
    place = {number: new for new, number in enumerate(order)}
    chosen = [place[number] for number in election.ballots.chosen.tolist()]
    ballots = replace(election.ballots, chosen=election.ballots.chosen.copy())
    ballots.chosen[:] = chosen
    projects = tuple(election.projects[number] for number in order)
    terms = drawn_terms(data, election, ties=data.draw(st.sampled_from(["cheapest", "votes"])))
    turned = replace(election, projects=projects, ballots=ballots)
    assert fund(turned, terms).winners == fund(election, terms).winners


@drawn
@given(st.data())
def test_scale_money_in_another_unit_decides_the_same(data):
    election = data.draw(elections())
    factor = data.draw(st.sampled_from([Fraction(1, 100), 7, 10**6]))
    scaled = replace(
        election,
        budget=election.budget * factor,
        projects=tuple(replace(p, cost=p.cost * factor) for p in election.projects),
    )
    terms = drawn_terms(data, election)
    other = replace(terms, step=terms.step * factor)
    assert fund(scaled, other).winners == fund(election, terms).winners


@drawn
@given(st.data())
def test_discount_monotonicity_a_winner_that_gets_cheaper_stays_a_winner(data):
    # holds for equal shares without completion when utility does not depend on cost
    election = data.draw(elections())
    utility = data.draw(st.sampled_from([u for u in utilities(election) if u != "cost"]))
    terms = Terms(utility=utility)
    for winner in fund(election, terms).funded:
        project = election.projects[winner]
        cheaper = replace(project, cost=project.cost * data.draw(st.fractions(0, 1)))
        projects = list(election.projects)
        projects[winner] = cheaper
        again = fund(replace(election, projects=tuple(projects)), terms)
        assert winner in again.funded


@drawn
@given(st.data())
def test_unanimity_what_all_want_and_can_afford_together_is_funded(data):
    costs = data.draw(st.lists(st.integers(1, 50), min_size=1, max_size=5))
    voters = data.draw(st.integers(1, 7))
    names = tuple(str(number) for number in range(len(costs)))
    projects = [Project(name, Fraction(cost)) for name, cost in zip(names, costs, strict=True)]
    votes = [Vote(f"v{number}", names) for number in range(voters)]
    result = fund(hold(sum(costs), projects, votes), drawn_terms_plain(data))
    assert set(result.winners) == set(names)
    assert result.exclusion_ratio == 0
    assert result.effectiveness == 1


def drawn_terms_plain(data):
    return Terms(
        utility=data.draw(st.sampled_from(["cost", "cardinality"])),
        completion=data.draw(st.sampled_from(COMPLETIONS)),
    )
