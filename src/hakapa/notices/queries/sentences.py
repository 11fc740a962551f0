"""What has happened, in words."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Prefetch, QuerySet
from django.utils.translation import gettext as _

from hakapa.challenges.models import Challenge
from hakapa.commitments.models import Commitment, FollowUp
from hakapa.commitments.templatetags.promises import told
from hakapa.labs.models import Lab
from hakapa.notices.models import Webhook
from hakapa.notices.topics import TOPICS, label_of
from hakapa.process.models import Event
from hakapa.process.templatetags.journal import says
from hakapa.proposals.models import Proposal

Things = dict[tuple[str, int], Any]

_WITH: dict[type[Model], tuple[str, ...]] = {
    Challenge: ("owner",),
    Lab: ("host",),
    Proposal: ("organisation",),
    Commitment: ("proposal", "receiver"),
    Webhook: ("organisation",),
}
_HIDDEN = Prefetch("follow_ups", FollowUp.objects.exclude(hidden_why=""), to_attr="hidden_reports")


def things_of(events: Iterable[Event]) -> Things:
    """Return what the events are about, by label and id; one query for each kind of thing.

    Of promises it is also asked which reports on them are hidden.
    """
    ids: dict[str, set[int]] = {}
    for event in events:
        ids.setdefault(event.subject_type, set()).add(event.subject_id)
    found: Things = {}
    for label, some in ids.items():
        model = TOPICS[label].model
        things: QuerySet[Any] = model._default_manager.select_related(*_WITH[model])
        if model is Commitment:
            things = things.prefetch_related(_HIDDEN)
        found |= {(label, pk): thing for pk, thing in things.in_bulk(some).items()}
    return found


def title(thing: Any) -> str:
    """Return what the thing is called in a notice."""
    if isinstance(thing, Commitment):
        return f"{thing.proposal.title} ({thing.receiver})"
    return str(thing)


def sentence(event: Event, thing: Any) -> str:
    """Return who did what; of a report that has been hidden, not what it says."""
    if isinstance(thing, Webhook):
        return _(
            "The webhook could not be reached again and again. It is turned off until one of you "
            "turns it on."
        )
    if isinstance(thing, Commitment):
        happened = "" if _is_hidden(event, thing) else event.details.get("happened", "")
        return f"{told(event)}: {happened}" if happened else told(event)
    return says(event, thing)


def _is_hidden(event: Event, promise: Any) -> bool:
    """Tell whether the report behind the event has been hidden by those who moderate."""
    return event.details.get("follow_up") in {report.pk for report in promise.hidden_reports}


def question() -> str:
    """Ask somebody who took part whether the promise was kept."""
    return _("You took part. Did it happen?")


def is_webhook(event: Event) -> bool:
    """Tell whether the event is about a webhook, which is nothing to tell a webhook."""
    return event.subject_type == label_of(Webhook)
