from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.challenges.models import Measurement
from hakapa.challenges.tags import Barrier
from hakapa.commitments.models.promised import Commitment
from hakapa.kernel.models import Entity, Written
from hakapa.moderation.models import Moderated


class Outcome(models.TextChoices):
    """What a follow-up says about the promise."""

    KEPT = "kept", _("done")
    GOING_ON = "going_on", _("going on, with a new date")
    NOT_KEPT = "not_kept", _("not done")


class Judgement(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    UNCLEAR = "unclear", _("unclear")


class FollowUp(Moderated, Written, Entity):
    """A receiver's public report on how a promise went (uppföljning)."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="follow_ups")
    outcome = models.CharField(_("How did it go?"), max_length=10, choices=Outcome)
    happened = models.TextField(
        _("What happened?"),
        max_length=2000,
        help_text=_("Two sentences are enough."),
    )
    barrier = models.CharField(
        _("What stood in the way?"), max_length=20, choices=Barrier, blank=True
    )
    measurement = models.ForeignKey(
        Measurement,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The value of the challenge's measure that was read for the report.",
    )
    learned = models.TextField(
        _("What did you learn?"),
        max_length=2000,
        blank=True,
        help_text=_("What would have helped you to know from the start?"),
    )
    right_thing = models.CharField(
        _("Was it the right thing to do?"), max_length=10, choices=Judgement, blank=True
    )
    right_way = models.CharField(
        _("Was it done in the right way?"), max_length=10, choices=Judgement, blank=True
    )
    due_before = models.DateField()
    due_after = models.DateField(_("new date"), null=True, blank=True)
    reported_on = models.DateField()

    class Meta:
        ordering = ["-reported_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.GOING_ON) | Q(due_after__isnull=False),
                name="what_goes_on_has_a_new_date",
                violation_error_message=_("What goes on needs a new date."),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.outcome}"

    def get_absolute_url(self) -> str:
        """Return where the report is read: on its promise's page."""
        return f"{self.commitment.get_absolute_url()}#report-{self.pk}"
