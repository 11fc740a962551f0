"""The fields of a case file, read one by one; what is wrong says which field it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hakapa.algorithms.sharing.amounts import CannotShareError, exact, in_ore
from hakapa.algorithms.sharing.tariffs import SAMBRUK, Tier

SUFFIXES = ("_per_year", "_per_month")
TIER_FIELDS = 3


@dataclass(frozen=True)
class Form:
    """One case as it stands in the file: names to values, amounts in its unit."""

    fields: Mapping[str, Any]

    def __contains__(self, name: str) -> bool:
        """Say whether a field is filled in."""
        return self.fields.get(name) is not None

    @property
    def unit(self) -> str:
        """The unit of all amounts, such as SEK, tSEK or MSEK."""
        unit = str(self.fields.get("unit", "SEK"))
        for suffix in SUFFIXES:
            unit = unit.removesuffix(suffix)
        return unit

    def need(self, name: str) -> Any:
        """Give a field that must be there."""
        if name not in self:
            raise CannotShareError(f"{name} is missing")
        return self.fields[name]

    def number(self, name: str, default: int = 0) -> Fraction:
        """Read a number; the default when the field is empty."""
        return self._read(self.fields[name] if name in self else default, name)

    def whole(self, name: str, default: int = 0) -> int:
        """Read a whole number."""
        number = self.number(name, default)
        if number.denominator != 1:
            raise CannotShareError(f"{name} must be a whole number", name)
        return int(number)

    def amount(self, name: str, default: int | None = None) -> int:
        """Read an amount of money as öre."""
        given = self.fields[name] if name in self or default is None else default
        return self._money(given, name, name)

    def amounts(self, name: str) -> dict[str, int]:
        """Read an amount of money (öre) for each party."""
        return {p: self._money(v, p, name, p) for p, v in self.mapping(name).items()}

    def weights(self, name: str) -> dict[str, Fraction]:
        """Read a number for each party."""
        return {p: self._read(v, name, p) for p, v in self.mapping(name).items()}

    def mapping(self, name: str) -> dict[str, Any]:
        """Read a field that names things."""
        given = self.need(name)
        if not isinstance(given, dict) or not given:
            raise CannotShareError(f"{name} must name at least one party and its value", name)
        return given

    def sequence(self, name: str) -> list[Any]:
        """Read a field that lists things; empty when it is not there."""
        given = self.fields[name] if name in self else []
        if not isinstance(given, list):
            raise CannotShareError(f"{name} must be a list", name)
        return given

    def names(self, name: str) -> list[str]:
        """Read a list of names, each named once."""
        given = self.sequence(name)
        if not all(isinstance(each, str) for each in given) or len(set(given)) < len(given):
            raise CannotShareError(f"{name} must list words, each once", name)
        return given

    def forms(self, name: str) -> list["Form"]:
        """Read a list of smaller forms."""
        for i, each in enumerate(self.sequence(name)):
            if not isinstance(each, dict):
                raise CannotShareError(f"{name} must list fields with values", name, i)
        return [Form({"unit": self.unit, **each}) for each in self.sequence(name)]

    def population(self) -> dict[str, Fraction]:
        """Read the inhabitants of each party."""
        return self.weights("population")

    def tiers(self) -> tuple[Tier, ...]:
        """Read a price list by population; the one Sambruk publishes when there is none."""
        if "tiers" not in self:
            return SAMBRUK
        return tuple(self._tier(row, i) for i, row in enumerate(self.sequence("tiers")))

    def _tier(self, row: object, i: int) -> Tier:
        if not isinstance(row, list) or len(row) != TIER_FIELDS:
            raise CannotShareError("a tier is [inhabitants below, entry, year]", "tiers", i)
        below = None if row[0] is None else int(self._read(row[0], "tiers", i))
        entry, year = (self._money(fee, "the fee", "tiers", i) for fee in row[1:])
        if min(entry, year) < 0:
            raise CannotShareError("a fee must not be negative", "tiers", i)
        return Tier(below, entry, year)

    def _read(self, value: object, *place: str | int) -> Fraction:
        try:
            return exact(value, str(place[-1]))
        except CannotShareError as error:
            raise CannotShareError(error.reason, *place) from None

    def _money(self, value: object, meaning: str, *place: str | int) -> int:
        try:
            return in_ore(value, self.unit, meaning)
        except CannotShareError as error:
            raise CannotShareError(error.reason, *(error.field or place)) from None
