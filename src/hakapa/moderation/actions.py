from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hakapa.accounts.models import User
from hakapa.kernel.lifecycle import TooLateError
from hakapa.moderation.lifecycle import State
from hakapa.moderation.models import Case, Flag, Ground, Moderated
from hakapa.process.moving import Because, move, record

# Enough readers have said it; more would only fill the database.
MOST_FLAGS = 50


@dataclass(frozen=True)
class Complaint:
    """What a reader says against a text; the mark stands for their browser."""

    ground: str
    mark: str
    words: str = ""


@transaction.atomic
def flag(
    thing: Moderated, complaint: Complaint, *, by: User | None, at: datetime | None = None
) -> Case:
    """Report a text; it stands until somebody has decided. To report it twice is to report once.

    Raises:
        TooLateError: the text is hidden already.
        ValidationError: no ground is given.

    """
    at = at or timezone.now()
    if complaint.ground not in Ground.values:
        raise ValidationError({"ground": _("Choose what is wrong with it.")})
    case = _case_of(thing, at=at)
    if case.state == State.HIDDEN:
        raise TooLateError("the text is hidden already")
    if case.flags.filter(mark=complaint.mark).exists() or case.flags.count() >= MOST_FLAGS:
        return case
    Flag.objects.create(
        case=case,
        ground=complaint.ground,
        words=complaint.words,
        mark=complaint.mark,
        by=by,
        created=at,
    )
    if case.state == State.LEFT:
        case = move(case, "reopen", by=None, because=Because(at=at), opened_at=at, decided_at=None)
    record(case, "flag", by=None, because=Because(at=at, details={"ground": complaint.ground}))
    return case


def hide(case: Case, *, by: User, reason: str, at: datetime | None = None) -> Case:
    """Hide the text, with the reason to its author in its place."""
    return _decide(case, "hide", by=by, reason=reason, at=at)


def leave(case: Case, *, by: User, reason: str, at: datetime | None = None) -> Case:
    """Let the text stand, or stand again, with the reason in the log."""
    return _decide(case, "leave", by=by, reason=reason, at=at)


@transaction.atomic
def _decide(case: Case, name: str, *, by: User, reason: str, at: datetime | None) -> Case:
    if not reason:
        raise ValidationError({"reason": _("A decision needs a reason.")})
    at = at or timezone.now()
    because = Because(at=at, details={"why": reason})
    decided = move(case, name, by=by, because=because, reason=reason, decided_at=at)
    model = apps.get_model(decided.subject_type)
    model._default_manager.filter(pk=decided.subject_id).update(
        hidden_why=reason if decided.state == State.HIDDEN else ""
    )
    return decided


def _case_of(thing: Moderated, *, at: datetime) -> Case:
    """Return the one case about the text, held until the transaction ends."""
    about = {"subject_type": thing._meta.label_lower, "subject_id": thing.pk}
    Case.objects.get_or_create(**about, defaults={"opened_at": at, "created": at})
    return Case.objects.select_for_update(of=("self",)).get(**about)
