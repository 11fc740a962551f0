"""What can be reported: each feature says so for its own texts, and who may see them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils.functional import Promise

from hakapa.accounts.models import AnyUser
from hakapa.moderation.models import Moderated


class Text(Protocol):
    """A text that can be reported: it stands somewhere."""

    pk: int
    hidden_why: str

    def get_absolute_url(self) -> str: ...


@dataclass(frozen=True)
class Subject:
    """A kind of text: how it is called in an address and on a page, and how it is read."""

    slug: str
    name: Promise | str
    model: type[Moderated]
    visible_to: Callable[[AnyUser], QuerySet[Any]]
    words_of: Callable[[Any], str]

    @property
    def kind(self) -> str:
        """The model's name, as the case keeps it."""
        return self.model._meta.label_lower


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Let texts of the kind be reported."""
    _subjects[subject.slug] = subject


def called(slug: str) -> Subject | None:
    """Return the kind of text with that name in addresses."""
    return _subjects.get(slug)


def of_kind(kind: str) -> Subject | None:
    """Return the kind of text with that model."""
    return next((subject for subject in _subjects.values() if subject.kind == kind), None)
