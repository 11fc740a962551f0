from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.kernel.models import Entity
from hakapa.moderation.lifecycle import LIFECYCLE, State
from hakapa.process.models import Movable


class Moderated(models.Model):
    """A text that stands at once, and that whoever moderates may hide afterwards."""

    hidden_why = models.CharField(
        max_length=300,
        blank=True,
        editable=False,
        help_text="Why the text is hidden; empty while it is shown.",
    )

    class Meta:
        abstract = True


class Case(Movable):
    """That somebody has reported a text, and what was decided about it, in one place."""

    lifecycle = LIFECYCLE
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    subject_type = models.CharField(max_length=100)
    subject_id = models.BigIntegerField()
    opened_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(
        _("Reason to the author"),
        max_length=300,
        blank=True,
        help_text=_("Shown where the text stood. Say what would make it acceptable."),
    )

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"], name="a_text_has_one_case"
            ),
            models.CheckConstraint(
                condition=Q(state=State.OPEN) | (~Q(reason="") & Q(decided_at__isnull=False)),
                name="a_decision_has_a_reason_and_a_moment",
                violation_error_message=_("A decision needs a reason."),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:case", args=[self.pk])

    @property
    def days_open(self) -> int:
        """For how many days the case has waited, or waited until it was decided."""
        return ((self.decided_at or timezone.now()) - self.opened_at).days


class Ground(models.TextChoices):
    """Why a text should not stand."""

    PERSON = "person", _("it is about a private person, or tells personal data")
    HARM = "harm", _("it threatens, or speaks ill of a group of people")
    UNTRUE = "untrue", _("it is untrue, or misleads")
    RIGHTS = "rights", _("it or its picture belongs to somebody else")
    ADVERTISING = "advertising", _("it is advertising, or has nothing to do with the matter")
    OTHER = "other", _("something else")


class Flag(Entity):
    """One reader's report of a text (anmälan)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="flags")
    ground = models.CharField(_("What is wrong with it?"), max_length=12, choices=Ground)
    words = models.CharField(
        _("In your own words"),
        max_length=500,
        blank=True,
        help_text=_("Only those who moderate see what you write."),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    mark = models.CharField(
        max_length=64, help_text="Stands for the browser, so that a reader counts once."
    )

    class Meta:
        ordering = ["created", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "mark"], name="a_reader_reports_a_text_once"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.case}: {self.ground}"
