from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.commitments.models.told import FollowUp
from hakapa.kernel.models import Entity, Written


class Picture(Written, Entity):
    """A picture that stands in a report, made anew, in the database with the rest (bild)."""

    report = models.ForeignKey(FollowUp, models.CASCADE, related_name="pictures")
    jpeg = models.BinaryField()
    width = models.PositiveSmallIntegerField(help_text="Pixels.")
    height = models.PositiveSmallIntegerField(help_text="Pixels.")
    description = models.CharField(
        _("What does the picture show?"),
        max_length=300,
        help_text=_("Stands below it, and is read aloud to those who cannot see it."),
    )

    class Meta:
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"{self.report_id}: {self.description}"

    def get_absolute_url(self) -> str:
        return reverse("commitments:picture", args=[self.pk])
