import base64
import secrets

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.accounts.models import Organisation, User
from hakapa.kernel.models import Entity
from hakapa.process.models import Event


def new_address() -> str:
    """Return the secret part of a calendar's address."""
    return secrets.token_urlsafe(24)


def new_secret() -> str:
    """Return a secret to sign with, in the form of Standard Webhooks."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


class CalendarAddress(Entity):
    """The secret address of a person's or an organisation's calendar; a new one ends the old."""

    account = models.OneToOneField(User, models.CASCADE, null=True, related_name="calendar")
    organisation = models.OneToOneField(
        Organisation, models.CASCADE, null=True, related_name="calendar"
    )
    secret = models.CharField(max_length=64, unique=True, default=new_address)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=True, organisation__isnull=False)
                | Q(account__isnull=False, organisation__isnull=True),
                name="a_calendar_is_a_persons_or_an_organisations",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"calendar {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("notices:calendar", args=[self.secret])


class Webhook(Entity):
    """An address that an organisation's own system is told at when something public happens."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="webhooks")
    url = models.URLField(
        _("address"),
        max_length=500,
        help_text=_("It begins with https and can be reached from the internet."),
    )
    secret = models.CharField(max_length=80, default=new_secret)
    failures = models.PositiveSmallIntegerField(
        default=0, help_text="How many tries in a row have failed."
    )
    disabled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "url"],
                name="an_address_is_told_once",
                violation_error_message=_("That address is told already."),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.url

    def get_absolute_url(self) -> str:
        return reverse("notices:webhook", args=[self.pk])


class Delivery(models.Model):
    """That a webhook is to be told of an event, and what its tries came to."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, models.CASCADE, related_name="+", null=True)
    key = models.UUIDField(unique=True, db_default=RandomUUID())
    created = models.DateTimeField(db_default=Now())
    send_at = models.DateTimeField(db_default=Now(), help_text="Not before.")
    tries = models.PositiveSmallIntegerField(db_default=0)
    answer = models.CharField(max_length=200, blank=True, db_default="")
    settled_at = models.DateTimeField(null=True)
    is_delivered = models.BooleanField(db_default=False)

    class Meta:
        ordering = ["-created", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "event"], name="a_webhook_is_told_of_an_event_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["send_at"],
                condition=Q(settled_at__isnull=True),
                name="deliveries_waiting",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"msg_{self.key.hex}"
