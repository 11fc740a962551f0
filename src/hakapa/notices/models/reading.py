from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.accounts.models import User
from hakapa.notices.kinds import Kind, Pace


class Weekday(models.IntegerChoices):
    """A day of the week, as ISO 8601 counts them."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class Reader(models.Model):
    """Somebody who is told: a person with an account, or a confirmed mail address without one."""

    account = models.OneToOneField(User, models.CASCADE, null=True, related_name="reader")
    email = models.EmailField(
        max_length=254, blank=True, db_default="", help_text="Empty when there is an account."
    )
    language = models.CharField(
        _("language of the mails"), max_length=5, choices=settings.LANGUAGES, db_default="sv"
    )
    weekday = models.PositiveSmallIntegerField(
        _("day of the weekly summary"), choices=Weekday, db_default=Weekday.MONDAY
    )
    created = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(
        null=True, help_text="When whoever reads the mail said that it shall come."
    )
    refusals = models.PositiveSmallIntegerField(
        db_default=0, help_text="How many mails in a row their mail server has refused."
    )
    failing_since = models.DateTimeField(
        null=True, help_text="Since when no mail is sent, for none is taken."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False, email="")
                | (Q(account__isnull=True) & ~Q(email="")),
                name="a_reader_has_an_account_or_an_address",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="a_readers_address_is_in_lower_case"
            ),
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="one_reader_per_address"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"reader {self.pk}"

    @property
    def address(self) -> str:
        """Where mail to the reader goes."""
        return self.account.email if self.account else self.email


class Preference(models.Model):
    """What a reader has chosen for a kind of notice, where it is not the usual."""

    reader = models.ForeignKey(Reader, models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=10, choices=Kind)
    mail = models.CharField(max_length=10, choices=Pace)
    bell = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "kind"], name="one_preference_per_kind"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind}: {self.mail}"


class Follow(models.Model):
    """That a reader wants to hear what happens to a thing."""

    reader = models.ForeignKey(Reader, models.CASCADE, related_name="follows")
    label = models.CharField(max_length=100, help_text="The thing's model.")
    thing_id = models.BigIntegerField()
    created = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "label", "thing_id"], name="a_thing_is_followed_once"
            ),
        ]
        indexes = [models.Index(fields=["label", "thing_id"], name="followers_of_a_thing")]

    @override
    def __str__(self) -> str:
        return f"{self.reader_id} → {self.label} {self.thing_id}"


class Asking(models.Model):
    """That somebody asked for mail without an account; counted, so that nobody is flooded.

    Where it came from is kept for a day, as a fingerprint that cannot be read back.
    """

    origin = models.CharField(max_length=64)
    created = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["origin", "created"], name="askings_by_origin")]

    @override
    def __str__(self) -> str:
        return f"{self.created}"
