"""What has changed on a screen since one who follows last heard of it.

Two memories answer that. A stage remembers, for one audience in one language, in which of its
versions each part last changed: enough for those who have stayed. The log remembers what was
announced: enough for those who come back, also to another process than the one they left.
"""

import json
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from hakapa.live.notify import JOIN
from hakapa.live.screens import Picture

Item = dict[str, Any] | None  # None: it is gone
NEW = -1  # what one has been told who has been told nothing
STALE = 0.5  # seconds; a message tells the time, so it is not kept longer


class Row(NamedTuple):
    """One announcement."""

    number: int
    kind: str
    item: int | None


class Log:
    """What has been announced in a channel, by number."""

    def __init__(self) -> None:
        self._numbers: list[int] = []
        self._rows: list[Row] = []

    @property
    def last(self) -> int:
        return self._numbers[-1] if self._numbers else 0

    def add(self, rows: Iterable[Row]) -> None:
        """Note what was announced after the last."""
        for row in rows:
            self._numbers.append(row.number)
            self._rows.append(row)

    def after(self, number: int) -> set[int] | None:
        """Return which items were announced after the number; None when it may be all of them."""
        is_known = number == self.last or (self._numbers and self._numbers[0] - 1 <= number)
        if not is_known or number > self.last:
            return None
        items = set()
        for row in self._rows[bisect_right(self._numbers, number) :]:
            if row.item is not None:
                items.add(row.item)
            elif row.kind != JOIN:
                return None
        return items


class Stage:
    """What one audience sees in one language, and in which version each part last changed."""

    def __init__(self) -> None:
        self.version = 0
        self.number = 0
        self._fragments: dict[str, tuple[int, str]] = {}
        self._items: dict[int, tuple[int, Item]] = {}
        self._written: dict[tuple[int, int], bytes] = {}
        self._written_at = 0.0

    def show(self, picture: Picture, number: int) -> bool:
        """Take a new picture, which holds what was announced up to the number.

        Return whether there is anything to tell.
        """
        version = self.version + 1
        is_new = self.version == 0 or number != self.number
        for name, html in picture.fragments.items():
            if self._fragments.get(name, (0, None))[1] != html:
                self._fragments[name] = (version, html)
                is_new = True
        for key in self._items.keys() | picture.items.keys():
            item = picture.items.get(key)
            if self._items.get(key, (0, None))[1] != item:
                self._items[key] = (version, item)
                is_new = True
        if is_new:
            self.version, self.number = version, number
            self._written.clear()
        return is_new

    def since(self, version: int, number: int) -> bytes:
        """Return what has changed since one who stayed was told a version, and a number in it."""

        def write() -> bytes:
            fragments = {name: html for name, (at, html) in self._fragments.items() if at > version}
            items = {key: item for key, (at, item) in self._items.items() if at > version}
            return _message(number, self.number, fragments, items)

        return self._kept((version, number), write)

    def after(self, number: int, log: Log) -> bytes:
        """Return what one who comes back missed after a number; NEW for one who is new."""

        def write() -> bytes:
            fragments = {name: html for name, (_, html) in self._fragments.items()}
            missed = log.after(number)
            if missed is None:
                items = {key: item for key, (_, item) in self._items.items() if item is not None}
                return _message(0, self.number, fragments, items, is_whole=True)
            came = {key: self._items.get(key, (0, None))[1] for key in missed}
            return _message(number, self.number, fragments, came)

        return self._kept((-1, number), write)

    def _kept(self, key: tuple[int, int], write: Callable[[], bytes]) -> bytes:
        """Write a message once for all who need the same."""
        now = time.monotonic()
        if now - self._written_at > STALE:
            self._written.clear()
            self._written_at = now
        if key not in self._written:
            self._written[key] = write()
        return self._written[key]


def _message(
    since: int,
    to: int,
    fragments: dict[str, str],
    items: Mapping[int, Item],
    *,
    is_whole: bool = False,
) -> bytes:
    """Write one event; when it is whole, what phones keep and is not in it is gone."""
    data: dict[str, Any] = {"from": since, "to": to, "now": time.time()}
    data |= {"fragments": fragments, "items": items}
    if is_whole:
        data["whole"] = True
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"id: {to}\nevent: room\ndata: {text}\n\n".encode()
