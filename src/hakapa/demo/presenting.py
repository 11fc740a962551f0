"""The demo's challenges with their goals and those who share them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from hakapa.challenges import actions
from hakapa.challenges.models import Challenge
from hakapa.demo.people import People
from hakapa.demo.world import World
from hakapa.kernel.money import ore

Row = dict[str, Any]
_BEFORE_LAB = timedelta(days=40)


def present(world: World, people: People) -> dict[str, Challenge]:
    """Present the demo's challenges, by their short names."""
    return {row["id"]: _present(world, people, row) for row in world["challenges"]}


def _present(world: World, people: People, row: Row) -> Challenge:
    details, by = world["details"][row["id"]], people.actors[row["owner"]]
    first_lab = min(lab["date"] for lab in world["labs"] if row["id"] in lab["challenges"])
    at = world.moment(first_lab - _BEFORE_LAB)
    draft = actions.start(
        by=by,
        owner=people.organisations[row["owner"]],
        words=_words(world, row, details),
        units=world.say(details["units"]),
        at=at,
    )
    challenge = actions.publish(draft, by=by, at=at)
    if "goal" in details:
        _set_goal(world, people, row, challenge)
    for place, other in enumerate(details["also"]):
        actions.share_need(
            challenge,
            by=people.actors[other],
            organisation=people.organisations[other],
            at=at + timedelta(days=2 * place + 1),
        )
    return challenge


def _words(world: World, row: Row, details: Row) -> Row:
    told = {name: world.say(row[name]) for name in ("title", "today", "wish", "affected")}
    return {
        **told,
        "tried": world.say(details.get("tried")),
        "themes": row["themes"],
        "barriers": row["barriers"],
        "cost_of_nothing": ore(row["cost_of_nothing_per_year"]),
        "owner_role": world.say(details["role"]),
        "language": world.language,
    }


def _set_goal(world: World, people: People, row: Row, challenge: Challenge) -> None:
    goal, by = world["details"][row["id"]]["goal"], people.actors[row["owner"]]
    actions.set_goal(
        challenge,
        by=by,
        at=world.moment(goal["baseline"][0]),
        measure=world.say(goal["measure"]),
        unit=world.say(goal["unit"]),
        baseline=Decimal(goal["baseline"][1]),
        baseline_on=world.day(goal["baseline"][0]),
        target=Decimal(goal["target"][1]),
        target_on=world.day(goal["target"][0]),
    )
    for day, value in goal["then"]:
        actions.measure(
            challenge,
            by=by,
            at=world.moment(day),
            value=Decimal(value),
            measured_on=world.day(day),
        )
