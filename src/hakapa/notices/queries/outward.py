"""What leaves the site by itself: dates, what webhooks are told, promises on others' pages."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from hakapa.accounts.models import AnyUser, Organisation, User
from hakapa.accounts.queries import works_for
from hakapa.commitments import queries as commitments
from hakapa.commitments.lifecycle import WAITING
from hakapa.commitments.models import Commitment
from hakapa.commitments.queries import Choice
from hakapa.kernel.addresses import absolute
from hakapa.labs import queries as labs
from hakapa.labs.models import Lab
from hakapa.notices import seeing
from hakapa.notices.models import Delivery, Follow, Webhook
from hakapa.notices.queries.sentences import is_webhook, sentence, things_of, title
from hakapa.notices.topics import label_of

MOST_EMBEDDED = 20
LOGGED = 100


@dataclass(frozen=True)
class Dates:
    """What a calendar shows: days by which a promise is told of, and labs."""

    due: QuerySet[Commitment]
    labs: QuerySet[Lab]


def dates_of_person(user: User) -> Dates:
    """Return the dates of what concerns the person, as far as they may see it today."""
    mine = works_for(user)
    follows = Follow.objects.filter(reader__account=user)

    def followed(model: type[Commitment | Lab]) -> "QuerySet[Follow, int]":
        return follows.filter(label=label_of(model)).values_list("thing_id", flat=True)

    return _dates(
        user,
        due=Q(receiver__in=mine) | Q(pk__in=followed(Commitment)),
        held=_has_part(mine) | Q(participants__account=user) | Q(pk__in=followed(Lab)),
    )


def dates_of_organisation(organisation: Organisation) -> Dates:
    """Return the public dates of the organisation; whoever has had the address may keep it."""
    return _dates(AnonymousUser(), due=Q(receiver=organisation), held=_has_part([organisation.pk]))


def payload(delivery: Delivery) -> dict[str, Any] | None:
    """Return what the webhook is told; None when it is no longer, or not yet, public."""
    event = delivery.event
    if event is None:
        return {"type": "trial", "timestamp": delivery.created.isoformat(), "data": {}}
    key = (event.subject_type, event.subject_id)
    if is_webhook(event) or key not in seeing.public([key]):
        return None
    thing = things_of([event])[key]
    name = event.subject_type.split(".")[1]
    return {
        "type": f"{name}.{event.move}",
        "timestamp": event.at.isoformat(),
        "data": {
            "event": event.pk,
            "thing": name,
            "id": event.subject_id,
            "title": title(thing),
            "url": absolute(thing.get_absolute_url()),
            "organisation": event.organisation.name if event.organisation else None,
            "from": event.source or None,
            "to": event.target or None,
            "told": sentence(event, thing),
        },
    }


def log_of(webhook: Webhook) -> QuerySet[Delivery]:
    """Return the latest that the webhook was told, newest first."""
    return webhook.deliveries.select_related("event").order_by("-created", "-pk")[:LOGGED]


def embedded(choice: Choice) -> list[Commitment]:
    """Return the public promises that another site shows, those that wait first."""
    return list(commitments.chosen(AnonymousUser(), choice)[:MOST_EMBEDDED])


def _has_part(organisations: list[int]) -> Q:
    return (
        Q(host__in=organisations)
        | Q(leaders__in=organisations)
        | Q(receivers__organisation__in=organisations)
    )


def _dates(user: AnyUser, *, due: Q, held: Q) -> Dates:
    promises = commitments.visible_to(user).filter(due, state__in=WAITING)
    concerned = Lab.objects.filter(held)
    return Dates(
        due=promises.order_by("due", "pk"),
        labs=labs.visible_to(user)
        .filter(pk__in=concerned.values("pk"))
        .order_by("starts_at", "pk"),
    )
