"""Who may do what: every rule, in the words of its predicates."""

import ast
from inspect import getdoc

from django.apps import apps
from rules.permissions import permissions

from telling import NOTE, table

HEAD = f"""{NOTE}
# Permissions

A rule is made of predicates: small questions about a user and a thing, each named as a clause. A
page, the API, a feed and an export ask the same rule, and what no rule allows is refused. The moves
that only the system makes are among the [lifecycles](lifecycles.md), not here.

The first word of a permission is the feature, the second the verb, the third the thing.

Nobody stands above the rules. Who runs the site, an account made on the server with
`hakapa createsuperuser`, may also [enter organisations](../howto/organisations.md), appoint
their people and [moderate](../howto/moderate.md), and no more.
"""


def sentence(name: str) -> str:
    """Return what the rule of that name asks, in words."""
    return in_words(permissions[name].name)


def in_words(formula: str) -> str:
    """Return a formula of predicates in words."""
    return _said(ast.parse(formula, mode="eval").body)


def page() -> str:
    """Return the page of every rule, by feature."""
    parts = [HEAD]
    features = sorted({name.split(".")[0] for name in permissions})
    for feature in features:
        rows = [
            [f"`{name}`", sentence(name)]
            for name in sorted(permissions)
            if name.startswith(f"{feature}.")
        ]
        parts += [f"\n## {feature.capitalize()}\n\n", table(["permission", "who may"], rows)]
        parts.append(_explained(feature))
    return "".join(parts)


def _explained(feature: str) -> str:
    """Return what the feature's predicates say beyond their names."""
    module = __import__(f"{apps.get_app_config(feature).name}.rules", fromlist=["rules"])
    told = []
    for name, predicate in sorted(vars(module).items()):
        own = getattr(getattr(predicate, "fn", None), "__module__", "") == module.__name__
        if own and (doc := getdoc(predicate.fn)):
            told.append(f"- *{name.replace('_', ' ')}*: {' '.join(doc.split())}\n")
    return "\n" + "".join(told) if told else ""


def _said(part: ast.expr) -> str:
    match part:
        case ast.UnaryOp(operand=inner):
            return f"**not** {_bracketed(inner)}"
        case ast.BinOp(op=ast.BitAnd() | ast.BitOr()):
            joined = " **and** " if isinstance(part.op, ast.BitAnd) else " **or** "
            return joined.join(_bracketed(one) for one in _flat(part, type(part.op)))
        case _:
            return ast.unparse(part).replace("_", " ")


def _flat(part: ast.expr, op: type[ast.operator]) -> list[ast.expr]:
    """Return the parts that one operator joins, whatever the brackets."""
    if isinstance(part, ast.BinOp) and isinstance(part.op, op):
        return [*_flat(part.left, op), *_flat(part.right, op)]
    return [part]


def _bracketed(part: ast.expr) -> str:
    return f"({_said(part)})" if isinstance(part, ast.BinOp) else _said(part)
