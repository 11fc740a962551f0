from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modelsearch.backends import get_search_backend

from hakapa.accounts import queries as organisations
from hakapa.accounts.models import AnyUser
from hakapa.challenges import queries as challenges
from hakapa.commitments import queries as commitments
from hakapa.labs import queries as labs
from hakapa.proposals import queries as proposals

PER_KIND = 10
READ_AT_MOST = 200  # hits of a kind, before those that the visitor may not see are left out

# What can be found, each through the same `visible_to` as its pages.
SOURCES: Sequence[tuple[Promise, Callable[[AnyUser], QuerySet[Any]]]] = (
    (_("Challenges"), challenges.visible_to),
    (_("Labs"), labs.visible_to),
    (_("Proposals"), proposals.visible_to),
    (_("Promises"), commitments.visible_to),
    (_("What was written in labs"), labs.reported_to),
    (_("Organisations"), organisations.visible_to),
)


@dataclass(frozen=True)
class Found:
    """The best finds of one kind."""

    kind: str
    things: list[Any]


def find(words: str, user: AnyUser) -> list[Found]:
    """Return what the user may see that holds the words, best first, by kind.

    Whole words are found in any Swedish form; the beginning of a word is enough.
    """
    if not words.strip():
        return []
    found = (Found(str(kind), _best(words, visible(user))) for kind, visible in SOURCES)
    return [kind for kind in found if kind.things]


def _best(words: str, visible: QuerySet[Any]) -> list[Any]:
    backend, everything = get_search_backend(), visible.model._default_manager.all()
    hits = [
        *backend.search(words, everything)[:READ_AT_MOST],
        *backend.autocomplete(words, everything)[:READ_AT_MOST],
    ]
    ids = list(dict.fromkeys(hit.pk for hit in hits))
    seen = visible.filter(pk__in=ids)
    return sorted(seen, key=lambda thing: ids.index(thing.pk))[:PER_KIND]
