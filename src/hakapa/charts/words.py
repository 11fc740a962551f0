"""How the charts say numbers, dates and sentences in Swedish and English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from datetime import date

Language = Literal["sv", "en"]

NO_BREAK: Final = "\N{NO-BREAK SPACE}"

MONTHS: Final[dict[str, tuple[str, ...]]] = {
    "sv": ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"),
}

PHRASES: Final[dict[str, dict[str, str]]] = {
    "sv": {
        "target": "mål {value}",
        "baseline": "utgångsläge {value}",
        "one": "{value} den {when}.",
        "course": "Från {first} den {first_when} till {last} den {last_when}.",
        "aims": "Målet är {value}.",
        "aims_by": "Målet är {value} senast {when}.",
        "began": "Utgångsläget var {value}.",
        "nothing": "Inga svar ännu",
        "share": "{name}: {count}, {percent}",
        "cost": "kostar",
        "benefit": "får nytta",
        "actor": "{name}: kostar {cost}, får nytta för {benefit}.",
    },
    "en": {
        "target": "target {value}",
        "baseline": "baseline {value}",
        "one": "{value} on {when}.",
        "course": "From {first} on {first_when} to {last} on {last_when}.",
        "aims": "The target is {value}.",
        "aims_by": "The target is {value} by {when}.",
        "began": "The baseline was {value}.",
        "nothing": "No answers yet",
        "share": "{name}: {count}, {percent}",
        "cost": "pays",
        "benefit": "gains",
        "actor": "{name}: pays {cost}, gains {benefit}.",
    },
}


def number(value: float, language: Language) -> str:
    """Write a number the way readers of the language do, with at most two decimals.

    Swedish groups thousands by a space that does not break and has a decimal comma; English groups
    by commas and has a decimal point. Minus is the true minus sign.
    """
    plain = f"{abs(value):,.2f}".rstrip("0").rstrip(".")
    if language == "sv":
        plain = plain.translate({ord(","): NO_BREAK, ord("."): ","})
    return f"\N{MINUS SIGN}{plain}" if value < 0 and plain != "0" else plain


def quantity(value: float, unit: str, language: Language) -> str:
    """Write a number with its unit: `76 %`, `4 av 10`, `1 200 kr`; English sets `%` close."""
    written = number(value, language)
    if not unit:
        return written
    close = unit == "%" and language == "en"
    return f"{written}{'' if close else NO_BREAK}{unit.replace(' ', NO_BREAK)}"


def full_date(day: date, language: Language) -> str:
    """Write a date in full for those who listen: `3 mars 2026`, `3 Mar 2026`."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def axis_date(day: date, *, first: date, last: date, language: Language) -> str:
    """Write a date as short as the span from first to last allows.

    A span within two months names days (`3 mars`), one that crosses a new year names years
    (`mars 2026`), any other names months (`mars`).
    """
    month = MONTHS[language][day.month - 1]
    if (last - first).days <= 62:  # noqa: PLR2004 (two months, as the docstring says)
        return f"{day.day} {month}"
    if first.year != last.year:
        return f"{month} {day.year}"
    return month


def phrase(key: str, language: Language, **values: str) -> str:
    """Fill one of the sentences above."""
    return PHRASES[language][key].format(**values)
