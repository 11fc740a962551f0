from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from hakapa.accounts.models import Organisation, User
from hakapa.notices.models import CalendarAddress, Delivery, Webhook
from hakapa.notices.models.outward import new_address
from hakapa.process.moving import Because, record


def open_calendar(*, by: User, organisation: Organisation | None = None) -> CalendarAddress:
    """Give the person, or the organisation, a calendar at a new secret address; any old one ends.

    Raises:
        PermissionDenied: the user does not administer the organisation.

    """
    whose = _whose(by, organisation)
    found, _created = CalendarAddress.objects.update_or_create(
        defaults={"secret": new_address()}, **whose
    )
    return found


def revoke_calendar(*, by: User, organisation: Organisation | None = None) -> None:
    """End the calendar's address.

    Raises:
        PermissionDenied: the user does not administer the organisation.

    """
    CalendarAddress.objects.filter(**_whose(by, organisation)).delete()


def add_webhook(organisation: Organisation, *, by: User, url: str) -> Webhook:
    """Tell an address of the organisation's own when something public happens.

    Raises:
        PermissionDenied: the user does not administer the organisation.
        ValidationError: the address is told already.

    """
    _refuse_stranger(organisation, by)
    webhook = Webhook(organisation=organisation, url=url)
    webhook.full_clean()
    webhook.save()
    return webhook


def drop_webhook(webhook: Webhook, *, by: User) -> None:
    """Tell the address no more, and forget what it was told.

    Raises:
        PermissionDenied: the user does not administer the organisation.

    """
    _refuse_stranger(webhook.organisation, by)
    webhook.delete()


def enable_webhook(webhook: Webhook, *, by: User) -> None:
    """Tell the address again.

    Raises:
        PermissionDenied: the user does not administer the organisation.

    """
    _refuse_stranger(webhook.organisation, by)
    webhook.disabled_at, webhook.failures = None, 0
    webhook.save(update_fields=["disabled_at", "failures"])


def probe_webhook(webhook: Webhook, *, by: User) -> Delivery:
    """Send the address a trial that is about nothing.

    Raises:
        PermissionDenied: the user does not administer the organisation.

    """
    _refuse_stranger(webhook.organisation, by)
    return Delivery.objects.create(webhook=webhook, send_at=timezone.now())


@transaction.atomic
def disable(webhook: Webhook) -> None:
    """Tell the address no more, since it has failed again and again, and say so in the journal."""
    webhook.disabled_at = timezone.now()
    webhook.save(update_fields=["disabled_at"])
    record(webhook, "disable", by=None, because=Because(webhook.organisation))


def _whose(by: User, organisation: Organisation | None) -> dict[str, Any]:
    if organisation is None:
        return {"account": by}
    _refuse_stranger(organisation, by)
    return {"organisation": organisation}


def _refuse_stranger(organisation: Organisation, by: User) -> None:
    if not by.has_perm("notices.manage_organisation", organisation):
        raise PermissionDenied
