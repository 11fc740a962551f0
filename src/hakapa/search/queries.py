from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modelsearch.backends import get_search_backend

from hakapa.accounts import queries as organisations
from hakapa.accounts.models import AnyUser
from hakapa.challenges import queries as challenges
from hakapa.commitments import queries as commitments
from hakapa.commitments.standing import standing
from hakapa.labs import queries as labs
from hakapa.proposals import queries as proposals

PER_KIND = 10
READ_AT_MOST = 200  # hits of a kind, before those that the visitor may not see are left out


def _of_lab(lab: Any) -> str:
    return _joined(formats.date_format(timezone.localtime(lab.starts_at)), lab.host)


def _of_promise(promise: Any) -> str:
    return _joined(promise.next_step, standing(promise).label)


def _joined(*facts: object) -> str:
    return " · ".join(filter(None, map(str, facts)))


@dataclass(frozen=True)
class Source:
    """A kind of thing that can be found, through the same `visible_to` as its pages."""

    kind: Promise
    visible_to: Callable[[AnyUser], QuerySet[Any]]
    about: Callable[[Any], str]


SOURCES: Sequence[Source] = (
    Source(
        _("Challenges"), challenges.visible_to, lambda c: _joined(c.owner, c.get_state_display())
    ),
    Source(_("Labs"), labs.visible_to, _of_lab),
    Source(_("Proposals"), proposals.visible_to, lambda p: _joined(p.lab, p.get_state_display())),
    Source(_("Promises"), commitments.visible_to, _of_promise),
    Source(
        _("What was written in labs"),
        labs.reported_to,
        lambda c: _joined(c.get_kind_display(), c.lab),
    ),
    Source(
        _("Organisations"),
        organisations.visible_to,
        lambda o: _joined(str(o.get_kind_display()).capitalize(), o.county),
    ),
)


@dataclass(frozen=True)
class Find:
    """A thing that was found, and what tells it from others of its kind."""

    thing: Any
    about: str


@dataclass(frozen=True)
class Found:
    """The best finds of one kind, and whether there are more."""

    kind: str
    finds: list[Find]
    has_more: bool


def find(words: str, user: AnyUser) -> list[Found]:
    """Return what the user may see that holds the words, best first, by kind.

    Whole words are found in any Swedish form; the beginning of a word is enough.
    """
    if not words.strip():
        return []
    found = (_found(source, words, user) for source in SOURCES)
    return [kind for kind in found if kind.finds]


def _found(source: Source, words: str, user: AnyUser) -> Found:
    things = _best(words, source.visible_to(user))
    finds = [Find(thing, source.about(thing)) for thing in things[:PER_KIND]]
    return Found(str(source.kind), finds, has_more=len(things) > PER_KIND)


def _best(words: str, visible: QuerySet[Any]) -> list[Any]:
    backend, everything = get_search_backend(), visible.model._default_manager.all()
    hits = [
        *backend.search(words, everything)[:READ_AT_MOST],
        *backend.autocomplete(words, everything)[:READ_AT_MOST],
    ]
    ids = list(dict.fromkeys(hit.pk for hit in hits))
    seen = visible.filter(pk__in=ids)
    return sorted(seen, key=lambda thing: ids.index(thing.pk))
