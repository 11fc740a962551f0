"""Elections of a size that matters, drawn the way city-wide ones look."""

import numpy as np

LIKE_WARSAW = {"voters": 61_668, "projects": 83, "budget": 30_000_000, "longest": 10}
LIKE_A_COUNTRY = {"voters": 500_000, "projects": 300, "budget": 100_000_000, "longest": 10}


def city_election(*, voters: int, projects: int, budget: int, longest: int, seed: int = 7) -> str:
    """Return the text of a `.pb` file with approval ballots.

    Popularity and costs are log-normal, and all projects together cost four budgets; every voter
    belongs to one of 18 districts that like their own projects four times as much as others do;
    ballots have 1 to `longest` projects.
    """
    draw = np.random.default_rng(seed)
    cost = np.exp(draw.normal(0, 1, projects))
    cost = np.maximum(100, (cost * 4 * budget / cost.sum()).round(-2))
    liking = np.exp(draw.normal(0, 0.8, projects))
    home = draw.integers(0, 18, projects)
    district = draw.integers(0, 18, voters)
    length = draw.integers(1, longest + 1, voters)
    lines = ["META", "key;value", "description;Drawn election", "country;-", "unit;-"]
    lines += [f"instance;{seed}", f"num_projects;{projects}", f"num_votes;{voters}"]
    lines += [f"budget;{budget}", "vote_type;approval", "rule;unknown", "PROJECTS"]
    lines += ["project_id;cost", *(f"{p + 1};{int(cost[p])}" for p in range(projects))]
    lines += ["VOTES", "voter_id;vote"]
    for block in range(0, voters, 20_000):
        people = slice(block, min(block + 20_000, voters))
        weight = np.log(liking) + np.log(4) * (home == district[people, None])
        keys = weight + draw.gumbel(size=weight.shape)  # the largest keys are a weighted sample
        best = np.argsort(-keys, axis=1)[:, :longest] + 1
        for number, row in enumerate(best.tolist(), block):
            lines.append(f"{number + 1};{','.join(map(str, row[: length[number]]))}")
    return "\n".join(lines) + "\n"
