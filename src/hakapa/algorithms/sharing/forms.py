"""The fields of a case file, read one by one; what is wrong says which field it is."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hakapa.algorithms.sharing.amounts import CannotShareError, exact, in_ore
from hakapa.algorithms.sharing.tariffs import SAMBRUK, Tier

SUFFIXES = ("_per_year", "_per_month")
TIER_FIELDS = 3
MOST = 10**30  # of anything in a file; larger numbers are mistakes


@dataclass(frozen=True)
class Form:
    """One case as it stands in the file: names to values, amounts in its unit."""

    fields: Mapping[str, Any]
    place: tuple[str | int, ...] = ()  # where it stands in a larger form

    def __contains__(self, name: str) -> bool:
        """Say whether a field is filled in."""
        return self.fields.get(name) is not None

    def _wrong(self, reason: str, *field: str | int) -> CannotShareError:
        return CannotShareError(reason, *self.place, *field)

    @contextmanager
    def blame(self) -> Iterator[None]:
        """Say of every refusal inside that it came about in this form."""
        try:
            yield
        except CannotShareError as error:
            here = error.field[: len(self.place)] == self.place
            field = error.field if here else (*self.place, *error.field)
            raise CannotShareError(error.reason, *field) from None

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
            raise self._wrong(f"{name} is missing")
        return self.fields[name]

    def number(self, name: str, default: int = 0) -> Fraction:
        """Read a number; the default when the field is empty."""
        return self._read(self.fields[name] if name in self else default, name)

    def whole(self, name: str, default: int = 0) -> int:
        """Read a whole number."""
        number = self.number(name, default)
        if number.denominator != 1:
            raise self._wrong(f"{name} must be a whole number", name)
        return int(number)

    def amount(self, name: str, default: int | None = None) -> int:
        """Read an amount of money as öre."""
        given = self.need(name) if default is None else self.fields.get(name)
        return self._money(default if given is None else given, name, name)

    def amounts(self, name: str) -> dict[str, int]:
        """Read an amount of money (öre) for each party."""
        return {p: self._money(v, p, name, p) for p, v in self.mapping(name).items()}

    def weights(self, name: str) -> dict[str, Fraction]:
        """Read a number for each party: none negative, not all zero."""
        read = {p: self._read(v, name, p) for p, v in self.mapping(name).items()}
        for party, weight in read.items():
            if weight < 0:
                reason = f"{name} of {party} must not be negative, and is {weight}"
                raise self._wrong(reason, name, party)
        if not any(read.values()):
            raise self._wrong(f"{name} is zero for everybody: nothing to share by", name)
        return read

    def mapping(self, name: str) -> dict[str, Any]:
        """Read a field that names things."""
        given = self.need(name)
        if not isinstance(given, dict) or not given:
            raise self._wrong(f"{name} must name at least one party and its value", name)
        return given

    def sequence(self, name: str) -> list[Any]:
        """Read a field that lists things; empty when it is not there."""
        given = self.fields[name] if name in self else []
        if not isinstance(given, list):
            raise self._wrong(f"{name} must be a list", name)
        return given

    def names(self, name: str) -> list[str]:
        """Read a list of names, each named once."""
        given = self.sequence(name)
        if not all(isinstance(each, str) for each in given) or len(set(given)) < len(given):
            raise self._wrong(f"{name} must list words, each once", name)
        return given

    def forms(self, name: str) -> list["Form"]:
        """Read a list of smaller forms."""
        read = []
        for i, each in enumerate(self.sequence(name)):
            if not isinstance(each, dict):
                raise self._wrong(f"{name} must list fields with values", name, i)
            read.append(Form({"unit": self.unit, **each}, (*self.place, name, i)))
        return read

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
            raise self._wrong("a tier is [inhabitants below, entry, year]", "tiers", i)
        below = None if row[0] is None else int(self._read(row[0], "tiers", i))
        entry, year = (self._money(fee, "the fee", "tiers", i) for fee in row[1:])
        if min(entry, year) < 0:
            raise self._wrong("a fee must not be negative", "tiers", i)
        return Tier(below, entry, year)

    def _read(self, value: object, *place: str | int) -> Fraction:
        try:
            number = exact(value, str(place[-1]))
        except CannotShareError as error:
            raise self._wrong(error.reason, *place) from None
        if abs(number) > MOST:
            raise self._wrong(f"{place[-1]} is larger than anything that is shared", *place)
        return number

    def _money(self, value: object, meaning: str, *place: str | int) -> int:
        self._read(value, *place)
        try:
            return in_ore(value, self.unit, meaning)
        except CannotShareError as error:
            raise self._wrong(error.reason, *(error.field or place)) from None
