"""Paper cards: what stands on them so that a slip of the pen is noticed when they are typed in."""

import re

from django.utils.crypto import salted_hmac

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"  # without I, L and O, which look like figures
MOST = 999
_TYPED = re.compile(rf"0*([1-9][0-9]{{0,2}})([{LETTERS}]{{2}})")


def code_of(lab_id: int, number: int) -> str:
    """Return the code of a lab's card: its number, and two letters that no other lab has there."""
    first, second = salted_hmac("labs.card", f"{lab_id}:{number}").digest()[:2]
    return f"{number}{LETTERS[first % len(LETTERS)]}{LETTERS[second % len(LETTERS)]}"


def number_of(lab_id: int, typed: str) -> int | None:
    """Return the number of the lab's card whose code was typed; None when no card has it."""
    found = _TYPED.fullmatch("".join(typed.upper().replace("-", "").split()))
    if found is None:
        return None
    number = int(found[1])
    return number if code_of(lab_id, number) == found[0].lstrip("0") else None
