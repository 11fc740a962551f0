"""Numbers and fixed phrases of explanations, in Swedish and English."""

from decimal import Decimal
from fractions import Fraction

LANGUAGES = ("sv", "en")

RULES = {
    "sv": {
        "equal-shares": "lika andelar (Method of Equal Shares)",
        "greedy-votes": "flest röster först",
        "greedy-cost-effectiveness": "mest nytta per krona först",
    },
    "en": {
        "equal-shares": "the Method of Equal Shares",
        "greedy-votes": "most votes first",
        "greedy-cost-effectiveness": "most utility per cost first",
    },
}
UTILITIES = {
    "sv": {
        "cost": "nyttan av ett projekt räknas som dess kostnad",
        "cardinality": "varje projekt en väljare röstat på räknas som lika mycket nytta",
        "score": "nyttan är de poäng väljaren gav",
        "borda": "nyttan är antalet projekt som väljaren rangordnat lägre eller inte alls",
    },
    "en": {
        "cost": "a project's utility is its cost",
        "cardinality": "every project a voter chose is worth the same",
        "score": "utility is the points the voter gave",
        "borda": "utility is the number of projects the voter ranked lower or not at all",
    },
}
TIES = {
    "sv": {
        "cheapest": "lägst kostnad, sedan flest röster, sedan projektets nummer",
        "votes": "flest röster, sedan lägst kostnad, sedan projektets nummer",
        "name": "projektets nummer läst som text",
        "file": "ordningen i filen",
        "lot": "lägst kostnad, sedan flest röster, sedan en lott dragen i förväg",
    },
    "en": {
        "cheapest": "lowest cost, then most votes, then the project's number",
        "votes": "most votes, then lowest cost, then the project's number",
        "name": "the project's number read as text",
        "file": "the order of the file",
        "lot": "lowest cost, then most votes, then a lot drawn in advance",
    },
}

COUNTED = {
    "sv": {"vote": ("röst", "röster"), "time": ("gång", "gånger"), "voter": ("väljare", "väljare")},
    "en": {"vote": ("vote", "votes"), "time": ("time", "times"), "voter": ("voter", "voters")},
}


def number(value: Fraction | int, language: str, decimals: int = 0) -> str:
    """Write a number rounded to at most `decimals` places, as the language groups digits."""
    places = Decimal(round(value * 10**decimals)).scaleb(-decimals)
    text = f"{places:,f}"
    if places == places.to_integral_value():
        text = text.partition(".")[0]
    if language == "sv":
        text = text.replace(",", "\u00a0").replace(".", ",")
    return text


def counted(value: Fraction | int, what: str, language: str, decimals: int = 0) -> str:
    """Write how many there are of what, in the singular or the plural."""
    text = number(value, language, decimals)
    one, more = COUNTED[language][what]
    return f"{text} {one if text == '1' else more}"


def money(value: Fraction, language: str, currency: str) -> str:
    """Write an amount; what is above zero never reads as zero."""
    if 0 < value < Fraction(1, 200):
        least = number(Fraction(1, 100), language, 2)
        text = f"mindre än {least}" if language == "sv" else f"less than {least}"
    else:
        text = number(value, language, 2)
    return f"{text}\u00a0{currency}" if currency else text


def percent(value: Fraction, language: str) -> str:
    """Write a part of one as percent with at most one decimal."""
    return number(value * 100, language, 1) + ("\u00a0%" if language == "sv" else "%")


def listed(parts: list[str], language: str) -> str:
    """Join as in speech: a, b and c."""
    joint = " och " if language == "sv" else " and "
    return joint.join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""
