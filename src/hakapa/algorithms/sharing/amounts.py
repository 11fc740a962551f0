"""Money and weights as exact numbers, and the one error of this library."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

Number = int | float | Decimal | Fraction
Weights = Mapping[str, Number]

ORE_PER_UNIT = {"ore": 1, "SEK": 100, "tSEK": 100_000, "MSEK": 100_000_000}
MINUS = "\u2212"
SEPARATORS = {"sv": ("\u00a0", ","), "en": (",", ".")}


class CannotShareError(ValueError):
    """The question has no answer: why, and which field of the case is to blame."""

    def __init__(self, reason: str, *field: str | int) -> None:
        """Keep the field so that a reader of files can point at its line."""
        super().__init__(reason)
        self.reason, self.field = reason, field


def exact(number: object, meaning: str = "a number") -> Fraction:
    """Read an int, Decimal, Fraction or float (as it is printed) without rounding.

    Booleans, not-a-number, infinities and everything else raise CannotShareError.
    """
    if isinstance(number, bool) or not isinstance(number, int | float | Decimal | Fraction):
        raise CannotShareError(f"{meaning} must be a number, not {number!r:.40}")
    try:
        return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)
    except (ValueError, OverflowError):
        raise CannotShareError(f"{meaning} must be a finite number, not {number}") from None


def not_negative(number: object, meaning: str) -> Fraction:
    """Read a number that is zero or more."""
    value = exact(number, meaning)
    if value < 0:
        raise CannotShareError(f"{meaning} must not be negative, and is {shown(value, 'en')}")
    return value


def weighed(weights: Weights, meaning: str = "the weight") -> dict[str, Fraction]:
    """Read weights: at least one party, none negative, not all zero."""
    if not weights:
        raise CannotShareError("there is nobody to share between")
    read = {party: not_negative(w, f"{meaning} of {party}") for party, w in weights.items()}
    if not any(read.values()):
        raise CannotShareError(f"{meaning} is zero for everybody: nothing to share by")
    return read


def in_ore(number: object, unit: str = "SEK", meaning: str = "an amount") -> int:
    """Turn an amount in a unit of `ORE_PER_UNIT` into whole öre; finer amounts raise."""
    if unit not in ORE_PER_UNIT:
        raise CannotShareError(f"unknown unit {unit!r:.40}: use " + ", ".join(ORE_PER_UNIT), "unit")
    ore = exact(number, meaning) * ORE_PER_UNIT[unit]
    if ore.denominator != 1:
        raise CannotShareError(f"{meaning} is finer than one öre: {number} {unit}")
    return ore.numerator


def nearest_ore(amount: Fraction) -> int:
    """Round to whole öre, halves away from zero."""
    whole = (2 * abs(amount) + 1) // 2
    return int(whole if amount >= 0 else -whole)


def largest_remainder(amounts: Mapping[str, Fraction]) -> dict[str, int]:
    """Round exact amounts (öre) to whole öre that add up to the nearest whole öre of their sum.

    Everybody gets the whole part; the öre that are left go one each to the largest
    remainders, and between equal remainders to the first name in alphabetical order.
    The outcome does not depend on the order of the parties.  Source: Hamilton's method.
    """
    total = nearest_ore(sum(amounts.values(), Fraction(0)))
    whole = {party: amount.numerator // amount.denominator for party, amount in amounts.items()}
    in_turn = sorted(amounts, key=lambda party: (whole[party] - amounts[party], party))
    for party in in_turn[: total - sum(whole.values())]:
        whole[party] += 1
    return whole


def shown(number: Fraction, language: str, places: int = 2) -> str:
    """Print a number as people write it: at most `places` decimals, thousands apart."""
    group, point = SEPARATORS[language]
    scaled = nearest_ore(number * 10**places)
    whole, part = divmod(abs(scaled), 10**places)
    digits = f"{part:0{places}d}".rstrip("0") if places else ""
    sign = MINUS if scaled < 0 else ""
    return sign + f"{whole:,}".replace(",", group) + (point + digits if digits else "")


def kronor(ore: int | Fraction, language: str) -> str:
    """Print öre as kronor with two decimals: `1 234,50 kr` or `SEK 1,234.50`."""
    group, point = SEPARATORS[language]
    whole, part = divmod(abs(nearest_ore(Fraction(ore))), 100)
    sign = MINUS if ore < 0 else ""
    text = f"{sign}{whole:,}".replace(",", group) + f"{point}{part:02d}"
    return f"{text}\u00a0kr" if language == "sv" else f"SEK\u00a0{text}"


def percent(part: Fraction, language: str, places: int = 2) -> str:
    """Print a share as per cent: `2,75 %` or `2.75%`."""
    text = shown(part * 100, language, places)
    return f"{text}\u00a0%" if language == "sv" else f"{text}%"
