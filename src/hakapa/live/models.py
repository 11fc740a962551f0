from django.db import models
from django.utils import timezone
from typing_extensions import override


class Channel(models.Model):
    """Something that screens follow while it happens, and how much has been announced in it."""

    name = models.CharField(max_length=40, primary_key=True)
    last = models.BigIntegerField(default=0)

    @override
    def __str__(self) -> str:
        return self.name


class Announcement(models.Model):
    """That something on the screens changed; numbered in each channel without a gap."""

    channel = models.CharField(max_length=40)
    number = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    item = models.BigIntegerField(
        null=True, help_text="What changed, when it is one of many that phones keep."
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "number"], name="a_number_is_announced_once_in_a_channel"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.channel} {self.number}: {self.kind}"
