"""Votes in memory: who said what about which statement, the last word of each counting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hakapa.algorithms.opinion.gathering import gather, number

Labels = NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Votes:
    """The votes of one conversation, in rows by participant.

    participants (P) and statements (S) are ids in ascending order; columns (n) and values (n) hold
    the votes of participant p at starts[p] to starts[p+1]: which statement, and +1 agree, 0 pass,
    -1 disagree. `silent` (S) marks moderated statements: they are kept, but count as a pass by
    everybody. `texts` (S or none) are the statements' words. `sector_of` (P) points into
    `sectors`, -1 for a participant who declared none.
    """

    participants: NDArray[Any]
    statements: NDArray[Any]
    starts: NDArray[np.int64]
    columns: NDArray[np.integer[Any]]
    values: NDArray[np.int8]
    silent: NDArray[np.bool_]
    texts: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    sector_of: Labels | None = None

    @classmethod
    def from_columns(
        cls,
        participants: ArrayLike,
        statements: ArrayLike,
        votes: ArrayLike,
        *,
        known: Iterable[Any] | None = None,
        moderated: Iterable[Any] = (),
    ) -> "Votes":
        """Make them from three columns of equal length, in the order in which they were cast.

        Ids are whole numbers or texts. `known` lists all statements, also those without votes.
        Raises ValueError for a vote other than -1, 0, 1, for columns of unequal length and for a
        statement that is not known.
        """
        who, what = ids_of(participants), ids_of(statements)
        cast = _checked(np.asarray(votes).ravel(), who, what)
        people, rows = number(who)
        asked, columns = number(what, None if known is None else ids_of(list(known)))
        starts, columns, values = gather(rows, columns, cast, people.size, asked.size)
        silent = _among(asked, moderated)
        return cls(people, asked, starts, columns, values, silent)

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[Any, Any, int]], **more: Any) -> "Votes":
        """Make them from (participant, statement, vote), in the order in which they were cast."""
        table = list(rows)
        who, what, cast = zip(*table, strict=True) if table else ((), (), ())
        return cls.from_columns(who, what, np.array(cast, dtype=np.int64), **more)

    @property
    def cast(self) -> NDArray[np.int64]:
        """How many votes each participant cast, (P)."""
        return np.diff(self.starts)

    def with_texts(self, texts: Mapping[Any, str]) -> "Votes":
        """Add the statements' words, by id."""
        return replace(self, texts=tuple(texts.get(key, "") for key in self.statements.tolist()))

    def with_moderated(self, moderated: Iterable[Any]) -> "Votes":
        """Say which statements are moderated away, by id; others are let in."""
        return replace(self, silent=_among(self.statements, moderated))

    def with_sectors(self, sectors: Mapping[Any, str]) -> "Votes":
        """Add each participant's declared sector, by participant id."""
        names = tuple(sorted({name for name in sectors.values() if name}))
        place = {name: at for at, name in enumerate(names)} | {"": -1}
        if len(names) > np.iinfo(np.int8).max:
            raise ValueError(f"{len(names)} sectors: at most {np.iinfo(np.int8).max} are possible")
        of = [place[sectors.get(key, "")] for key in self.participants.tolist()]
        return replace(self, sectors=names, sector_of=np.array(of, dtype=np.int8))

    def rows(self) -> Iterable[tuple[Any, Any, int]]:
        """Give every vote as (participant, statement, vote), by participant, then by statement."""
        who = np.repeat(np.arange(self.participants.size), self.cast)
        order = np.lexsort((self.columns, who))
        return zip(
            self.participants[who[order]].tolist(),
            self.statements[self.columns[order]].tolist(),
            self.values[order].tolist(),
            strict=True,
        )


def ids_of(found: ArrayLike) -> NDArray[Any]:
    """Keep whole numbers as numbers, everything else as text, in a line."""
    ids = np.asarray(found).ravel()
    if ids.dtype.kind in "iu":
        return ids
    if ids.size == 0:
        return np.zeros(0, dtype=np.int64)
    return np.array([str(one) for one in ids.tolist()], dtype=np.str_)


def _among(ids: NDArray[Any], chosen: Iterable[Any]) -> NDArray[np.bool_]:
    """Mark the ids that are among the chosen."""
    wanted = set(chosen)
    return np.array([key in wanted for key in ids.tolist()], dtype=np.bool_)


def _checked(cast: NDArray[Any], who: NDArray[Any], what: NDArray[Any]) -> NDArray[np.int8]:
    """Refuse columns of unequal length and votes that are none."""
    if not who.size == what.size == cast.size:
        raise ValueError(f"columns of {who.size}, {what.size} and {cast.size} rows")
    whole = cast.dtype.kind in "iu" or bool((cast == np.rint(cast)).all())
    if cast.size and not (whole and cast.min() >= -1 and cast.max() <= 1):
        raise ValueError("a vote is 1 (agree), 0 (pass) or -1 (disagree)")
    return cast.astype(np.int8, copy=False)
