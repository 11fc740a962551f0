from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.notices.kinds import Kind, Pace, Who
from hakapa.notices.models.reading import Follow, Reader
from hakapa.process.models import Event


class Unheard(models.Model):
    """That an event stands in the journal and nobody has been told of it yet."""

    event = models.OneToOneField(
        Event, models.CASCADE, primary_key=True, related_name="+", serialize=False
    )

    @override
    def __str__(self) -> str:
        return f"event {self.pk}"


class Outcome(models.TextChoices):
    """What became of a mail."""

    SENT = "sent", _("sent")
    NOTHING_LEFT = "nothing_left", _("nothing was left to tell")
    REFUSED = "refused", _("refused")


class Mail(models.Model):
    """A mail to a reader, waiting to be sent or settled; its key makes its Message-ID."""

    class Form(models.TextChoices):
        NEWS = "news", _("news")
        CONFIRM = "confirm", _("a question whether mail is wanted")

    reader = models.ForeignKey(Reader, models.CASCADE, related_name="mails")
    form = models.CharField(max_length=10, choices=Form, db_default=Form.NEWS)
    follow = models.ForeignKey(
        Follow, models.CASCADE, null=True, related_name="+", help_text="What is to be confirmed."
    )
    key = models.UUIDField(unique=True, db_default=RandomUUID())
    created = models.DateTimeField(db_default=Now())
    send_at = models.DateTimeField(db_default=Now(), help_text="Not before.")
    tries = models.PositiveSmallIntegerField(db_default=0)
    claimed_by = models.CharField(
        max_length=32, blank=True, db_default="", help_text="The worker that is sending it."
    )
    settled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True, db_default="")

    class Meta:
        ordering = ["send_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, outcome="")
                | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="a_settled_mail_has_an_outcome",
            ),
        ]
        indexes = [
            models.Index(
                fields=["send_at"],
                condition=Q(settled_at__isnull=True),
                name="mails_waiting_to_be_sent",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.key}"


class Notice(models.Model):
    """That a reader is to be told of an event, and why them."""

    reader = models.ForeignKey(Reader, models.CASCADE, related_name="notices")
    event = models.ForeignKey(Event, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind)
    who = models.CharField(max_length=10, choices=Who)
    label = models.CharField(max_length=100, help_text="What is followed, or whose people.")
    thing_id = models.BigIntegerField()
    pace = models.CharField(max_length=10, choices=Pace)
    in_bell = models.BooleanField()
    created = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, related_name="notices")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "event"], name="nobody_is_told_of_an_event_twice"
            ),
        ]
        indexes = [
            models.Index(
                fields=["pace"],
                condition=Q(mail__isnull=True) & ~Q(pace=Pace.OFF),
                name="notices_waiting_for_a_mail",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.reader_id}: event {self.event_id}"
