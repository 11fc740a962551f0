"""The worked example of docs/explanation/joint-funding.md."""

import pytest

from hakapa.algorithms.budgeting.election import Project, Vote, hold
from hakapa.algorithms.budgeting.result import Terms, fund

COSTS = {"map": 600, "sensors": 450, "translations": 300, "bot": 400}
BALLOTS = {
    "Ale": ("map", "translations"),
    "Bro": ("map", "translations"),
    "Dal": ("map",),
    "Eka": ("sensors", "bot"),
    "Fors": ("sensors",),
}


def decided(completion, budget=1500):
    projects = [Project(name, cost) for name, cost in COSTS.items()]
    votes = [Vote(name, chosen) for name, chosen in BALLOTS.items()]
    return fund(hold(budget, projects, votes), Terms(completion=completion))


def test_the_map_and_the_sensors_are_funded_and_the_others_lack_money():
    result = decided("none")
    assert result.winners == ("map", "sensors")
    assert [float(rate) for _, rate in result.history] == pytest.approx([1 / 3, 1 / 2])
    assert result.cost == 1050
    assert [result.missing(number) for number in (2, 3)] == [100, 400 - 75]


def test_324_raises_also_fund_the_translations_and_one_more_would_cost_too_much():
    result = decided("add1")
    assert result.winners == ("map", "translations", "sensors")
    assert (result.raises, result.endowment, result.cost) == (324, 624, 1350)
    assert sum(result.election.projects[c].cost for c in result.next_funded) == 1750


@pytest.mark.parametrize(("each", "funded"), [(349, False), (350, True)])
def test_translations_can_be_paid_from_350_each(each, funded):
    assert ("translations" in decided("none", 5 * each).winners) == funded
