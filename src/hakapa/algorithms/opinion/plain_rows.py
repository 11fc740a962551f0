# ruff: noqa: PLR0913, PLR0915, PLR0917  a kernel takes its arrays one by one, and is one loop
"""Large tables of whole numbers, read by a compiled loop; anything unusual is left to `tables`."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hakapa.algorithms.compiling import Compiled
from hakapa.algorithms.opinion.tables import FIRST_END

Ints = NDArray[np.integer[Any]]
LINE, RETURN, QUOTE, MINUS, ZERO = 10, 13, 34, 45, 48
DIGITS = 17  # of a number that surely fits 64 bits


@dataclass(frozen=True, eq=False)
class Numbers:
    """Whole numbers of n rows. cells (n, c): the chosen columns; lines (n): where they stand.

    stopped: the byte at which a row stands that is not plain, and its line; None after the last.
    """

    cells: Ints
    lines: Ints
    stopped: tuple[int, int] | None


def plain_rows(raw: bytes, separator: str, width: int, chosen: list[int]) -> Numbers:
    """Read the chosen columns of a table from its bytes, after the first line.

    Every row has `width` cells; the chosen ones are whole numbers without leading zeros.
    """
    octets = np.frombuffer(raw, dtype=np.uint8)
    first = FIRST_END.search(raw)
    start = first.end() if first else len(raw)
    most = raw.count(b"\n", start) + 1
    cells = np.zeros((most, len(chosen)), dtype=np.int64)
    lines = np.zeros(most, dtype=np.int32)
    places = np.full(width, -1, dtype=np.int64)
    places[chosen] = np.arange(len(chosen))
    stopped = np.full(2, -1, dtype=np.int64)
    count = read_rows(octets, start, ord(separator), places, cells, lines, stopped)
    at, line = stopped.tolist()
    return Numbers(cells[:count], lines[:count], None if at < 0 else (at, line))


@Compiled
def read_rows(
    octets: NDArray[np.uint8],
    start: int,
    separator: int,
    places: Ints,
    cells: Ints,
    lines: Ints,
    stopped: Ints,
) -> int:
    """Fill cells (n, c) and lines (n) until the end, or until a row that is not plain.

    places (width) says which column goes where, -1 for nowhere. Gives the number of rows read.
    """
    size, width = octets.size, places.size
    at, line, count = start, 2, 0
    while at < size:
        begun, column, number, digits = at, 0, 0, 0
        whole = plain = True
        negative = zero = False
        octet = separator
        while octet != LINE:
            octet = int(octets[at]) if at < size else LINE
            if octet in (separator, LINE):
                place = places[column] if column < width else -1
                if place >= 0:
                    plain &= whole and 0 < digits <= DIGITS and not (zero and digits + negative > 1)
                    cells[count, place] = -number if negative else number
                column, number, digits = column + 1, 0, 0
                whole, negative, zero = True, False, False
            elif ZERO <= octet < ZERO + 10:
                zero = zero or (digits == 0 and octet == ZERO)
                number = number * 10 + (octet - ZERO) if digits < DIGITS else number
                digits += 1
            elif octet == MINUS and digits == 0 and not negative:
                negative = True
            else:
                ends = octet == RETURN and at + 1 < size and octets[at + 1] == LINE
                plain &= ends or octet not in (RETURN, QUOTE)
                whole &= ends
            at += 1
        only_end = octets[begun] == RETURN and at == begun + 2 and at <= size
        blank = octets[begun] == LINE or only_end
        if not blank:
            if not plain or column != width:
                stopped[0], stopped[1] = begun, line
                return count
            lines[count] = line
            count += 1
        line += 1
    return count
