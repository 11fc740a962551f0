"""Money: whole öre in Python's integers, never a float."""

from decimal import Decimal

from django.utils import formats

ORE = 100


def ore(kronor: Decimal | int) -> int:
    """Return an amount of kronor as whole öre.

    Raises:
        ValueError: the amount is finer than an öre.

    """
    amount = Decimal(kronor) * ORE
    if amount != amount.to_integral_value():
        raise ValueError(f"{kronor} kronor is not a whole number of öre")
    return int(amount)


def as_kronor(amount: int) -> str:
    """Return öre as people read it: `142 000 kr`, with öre only when there are any."""
    return f"{_written(amount, force_grouping=True)}\u00a0kr"


def as_typed(amount: int) -> str:
    """Return öre as people type it in a form: `142000` or `12,50`, ungrouped."""
    return _written(amount, force_grouping=False)


def _written(amount: int, *, force_grouping: bool) -> str:
    decimals = 0 if amount % ORE == 0 else 2
    return formats.number_format(Decimal(amount) / ORE, decimals, force_grouping=force_grouping)
