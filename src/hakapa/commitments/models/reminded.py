from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.commitments.models.promised import Commitment
from hakapa.kernel.models import Entity


class Milestone(models.TextChoices):
    """A day on which a promise is spoken of again without anybody having to remember it."""

    DUE_IN_14 = "due_in_14", _("14 days left")
    DUE_IN_3 = "due_in_3", _("3 days left")
    LATE = "late", _("the day after")
    AFTER_30 = "after_30", _("30 days after the answer")
    AFTER_60 = "after_60", _("60 days after the answer")
    AFTER_90 = "after_90", _("90 days after the answer")


class Reminder(Entity):
    """That a promise was spoken of on one of its days, so that it is done once (påminnelse)."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="reminders")
    milestone = models.CharField(max_length=10, choices=Milestone)
    about = models.DateField(help_text="The date that the milestone is counted from.")

    class Meta:
        ordering = ["created", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "milestone", "about"], name="a_milestone_is_told_once"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.milestone} {self.about}"
