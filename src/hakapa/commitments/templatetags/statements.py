"""A yearly statement in words and figures."""

from django import template

from hakapa.commitments import statements

register = template.Library()


@register.filter
def intro(told: statements.Statement) -> str:
    """Return the sentence that says what is counted, and when."""
    return statements.intro(told)


@register.filter
def flow(told: statements.Statement) -> list[tuple[str, int | str]]:
    """Return the year's figures with their names."""
    return statements.flow_of(told)
