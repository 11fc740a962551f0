from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hakapa.accounts.models import User
from hakapa.labs import queries
from hakapa.labs.actions.holding import led, tell
from hakapa.labs.actions.taking_part import Words, contribute
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Contribution, Lab
from hakapa.process.moving import Because, record


@transaction.atomic
def merge(lab: Lab, words: Words, *, sources: Collection[int], by: User, key: UUID) -> Contribution:
    """Say in one contribution what several say; they are kept as its sources.

    The votes that the sources were given stay with them: the new words have been weighed by
    nobody yet. The same key a second time merges nothing more.

    Raises:
        TooLateError: the lab is not running.
        ValidationError: fewer than two are chosen, or one of them is no longer shown.

    """
    locked = led(lab, by=by, states=(State.RUNNING,))
    if earlier := locked.contributions.filter(key=key, author=by).first():
        return earlier
    parts = list(queries.shown(locked).filter(pk__in=sources))
    if len(parts) < 2 or len(parts) < len(set(sources)):  # noqa: PLR2004  (one alone is itself)
        raise ValidationError(
            {"sources": _("Choose at least two that are still shown and not merged already.")}
        )
    words = replace(words, challenge=words.challenge or parts[0].challenge)
    whole = contribute(locked, words, by=by, key=key)
    locked.contributions.filter(pk__in=sources).update(merged_into=whole)
    details = {"contribution": whole.pk, "sources": sorted(sources)}
    record(locked, "merge_notes", by=by, because=Because(details=details))
    for changed in (*parts, whole):
        tell(locked, "note", item=changed.pk)
    return whole


@transaction.atomic
def unmerge(whole: Contribution, *, by: User) -> None:
    """Let the sources stand for themselves again; the merged words are hidden, not lost."""
    lab = led(whole.lab, by=by, states=(State.RUNNING,))
    parts = list(whole.merged.values_list("pk", flat=True))
    if not parts:
        return
    whole.merged.update(merged_into=None)
    why = _("The merger was undone.")
    lab.contributions.filter(pk=whole.pk).update(hidden_at=timezone.now(), hidden_why=why)
    record(lab, "unmerge_notes", by=by, because=Because(details={"contribution": whole.pk}))
    for pk in (*parts, whole.pk):
        tell(lab, "note", item=pk)
