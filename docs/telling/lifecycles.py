"""Every lifecycle: drawn, as Mermaid text, and move by move."""

from django.apps import apps
from rules.permissions import permissions

from hakapa.kernel.lifecycle import Lifecycle, Move
from hakapa.process.models import Movable
from telling import NOTE, table
from telling.drawing import Arc, draw
from telling.permissions import sentence

HEAD = f"""{NOTE}
# Lifecycles

A thing changes state by one function, `hakapa.process.moving.move`, and only along the moves
below. A move marked *the system* is a consequence: it happens because something else moved, in
the same transaction. In the drawings those lines are dashed, and the filled state is where a thing
begins.
"""


def page() -> str:
    """Return the page of every lifecycle."""
    return "".join([HEAD, *(_section(model) for model in _movables())])


def drawings() -> dict[str, str]:
    """Return each lifecycle's drawing by the name of its file."""
    return {_file(model): _drawn(model) for model in _movables()}


def _movables() -> list[type[Movable]]:
    """Return what moves, in the order of the journey."""
    return [model for model in apps.get_models() if issubclass(model, Movable)]


def _file(model: type[Movable]) -> str:
    return f"lifecycle-{model._meta.model_name}.svg"


def _section(model: type[Movable]) -> str:
    name, lifecycle = model.__name__, model.lifecycle
    meaning = (model.__doc__ or "").splitlines()[0]
    states = table(
        ["state", "in words"],
        [[f"`{value}`", str(label)] for value, label in model._meta.get_field("state").choices],
    )
    moves = table(
        ["move", "from", "to", "who may", "the history says"],
        [_row(model, move) for move in lifecycle],
    )
    return (
        f"\n## {name}\n\n{meaning}\n\n"
        f"![The lifecycle of a {name.lower()}]({_file(model)})\n\n{states}\n{moves}\n"
        f"```mermaid\n{lifecycle.as_mermaid()}\n```\n"
    )


def _row(model: type[Movable], move: Move) -> list[str]:
    permission = f"{model._meta.app_label}.{move.name}_{model._meta.model_name}"
    who = "*the system*"
    if not move.consequence:
        who = sentence(permission) if permission in permissions else "**nobody: no rule**"
    return [f"`{move.name}`", f"`{move.source}`", f"`{move.target}`", who, str(move.says)]


def _drawn(model: type[Movable]) -> str:
    states = [value for value, _label in model._meta.get_field("state").choices]
    arcs = _arcs(model.lifecycle, states)
    return draw(f"The lifecycle of a {model.__name__.lower()}", states, arcs)


def _arcs(lifecycle: Lifecycle, states: list[str]) -> list[Arc]:
    between: dict[tuple[str, str, bool], list[str]] = {}
    for move in lifecycle:
        key = str(move.source), str(move.target), move.consequence
        between.setdefault(key, []).append(move.name)
    return [
        Arc(states.index(source), states.index(target), ", ".join(names), by_system)
        for (source, target, by_system), names in between.items()
    ]
