"""Swedish words reduced to stems, so that `sensorer` and `sensorn` are the same word.

Source: the Swedish algorithm of Snowball, which PostgreSQL's `swedish` search uses as well.
"""

import re
from collections.abc import Iterator

WORD = re.compile(r"[^\W\d_]+")
VOWELS = "aeiouyäåö"
BEFORE_S = frozenset("bcdfghjklmnoprtvy")  # an s after one of these is an ending
LEAST_BEFORE = 3
ENDINGS = frozenset(
    f"{first}{end}"
    for first, ends in {
        "a": ("", "d", "de", "des", "nde", "ndes", "nden", "ndet", "s", "st", "ste", "t"),
        "ar": ("", "e", "en", "ens", "na", "nas", "ne"),
        "e": ("", "n", "ns", "s"),
        "er": ("", "n", "na", "nas", "ns"),
        "het": ("", "en", "ens", "er", "erna"),
        "or": ("", "na", "nas"),
    }.items()
    for end in ends
)
DOUBLES = frozenset({"dd", "gd", "nn", "dt", "gt", "kt", "tt"})
CUTS = (("fullt", "full"), ("löst", "lös"), ("lig", ""), ("els", ""), ("ig", ""))
STOPWORDS = frozenset(
    word
    for line in (
        "alla allt att av bara blir både de dem den denna det detta där då efter eller en ett",
        "finns från får för ha har hon han hur här i in inte jag kan man med men mot ni nu när",
        "något några och om på sedan sig ska skulle som så till under upp ut vad var vara vi",
        "vid vill vilken vilka är än åt över",
    )
    for word in line.split()
)


def stem(word: str) -> str:
    """Cut the endings of a word in lower case."""
    start = _region(word)
    word = _without_ending(word, start)
    if word[-2:] in DOUBLES and len(word) - 2 >= start:
        word = word[:-1]
    for cut, kept in CUTS:
        if word.endswith(cut) and len(word) - len(cut) >= start:
            return word.removesuffix(cut) + kept
    return word


def _region(word: str) -> int:
    """Say where endings may begin: after the first consonant that follows a vowel, 3 at least."""
    first = re.search(f"[{VOWELS}][^{VOWELS}]", word)
    return max(first.end(), LEAST_BEFORE) if first else len(word)


def _without_ending(word: str, start: int) -> str:
    for at in range(start, len(word)):
        if word[at:] in ENDINGS:
            return word[:at]
    cut = len(word) > start and word[-1] == "s" and word[-2] in BEFORE_S
    return word[:-1] if cut else word


def stems(text: str) -> Iterator[tuple[str, str]]:
    """Give each word of a text that means something, with its stem: (stem, word)."""
    for found in WORD.finditer(text.lower()):
        word = found.group()
        if word not in STOPWORDS:
            yield stem(word), word
