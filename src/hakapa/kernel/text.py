"""Words and their order."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db.models import CharField, Func, Value
from django.db.models.functions import Collate, Lower
from django.utils.translation import gettext_lazy as _

# After z come å, ä and ö, in that order; by code point they would be ä, å, ö.
_SWEDISH_LAST = ("åäöÅÄÖ", "{|}{|}")  # capitals too: not every server lowers them

# Characters that show nothing but turn or hide what stands beside them.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]"
)


class Translate(Func):
    """PostgreSQL's translate(): each character of the second argument becomes its like."""

    function = "TRANSLATE"
    output_field = CharField()


def swedish_order(field: str) -> Func:
    """Return an expression that sorts the field as a Swedish reader expects.

    It is immutable, so that an index may hold it, and gives the same order on every server,
    whatever collations that has.
    """
    letters, places = map(Value, _SWEDISH_LAST)
    return Collate(Translate(Lower(field), letters, places), "C")


def swedish_key(text: str) -> str:
    """Return what to sort the text by in Python; agrees with `swedish_order`."""
    return text.lower().translate(str.maketrans(*_SWEDISH_LAST))


def tidy(text: str) -> str:
    """Return the text as one normal form, without invisible characters and outer space."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).strip()


def refuse_endless_words(text: str, longest: int = 80) -> None:
    """Refuse a word that would break every page it stands on.

    Raises:
        ValidationError: some word has more than `longest` characters.

    """
    if any(len(word) > longest for word in text.split() if "://" not in word):
        raise ValidationError(
            _("A word has more than %(longest)d characters. Put in a space."),
            params={"longest": longest},
        )


def shortened(text: str, longest: int = 90) -> str:
    """Return the text cut at a word, with an ellipsis when something was left out."""
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


LONGEST_ID = 18  # digits that surely fit the database's own


def as_id(text: str | None) -> int | None:
    """Return what was sent as the number of a thing; None when it cannot be one."""
    return int(text) if text and text.isdecimal() and len(text) <= LONGEST_ID else None
