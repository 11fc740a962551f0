"""How much one seat may send; never one address, for a hall of hundreds sits behind one."""

import time
from collections import OrderedDict
from collections.abc import Callable

A_SECOND = 20.0
AT_ONCE = 100.0
MOST_SEATS = 50_000


class Allowance:
    """A bucket for each seat, which fills at an even pace and is emptied by what it sends."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, seat: str, number: int) -> bool:
        """Take so many from the seat's bucket; False, and nothing taken, when they are too many."""
        now = self._clock()
        left, at = self._left.pop(seat, (AT_ONCE, now))
        left = min(AT_ONCE, left + A_SECOND * (now - at))
        is_allowed = number <= left
        self._left[seat] = (left - number if is_allowed else left, now)
        if len(self._left) > MOST_SEATS:
            self._left.popitem(last=False)  # the one that has been quiet longest
        return is_allowed
