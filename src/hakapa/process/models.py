from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from typing_extensions import override

from hakapa.accounts.models import Organisation, User
from hakapa.kernel.lifecycle import Lifecycle
from hakapa.kernel.models import Entity


class Movable(Entity):
    """A thing that lives through a lifecycle; its state changes only by `process.moving.move`."""

    lifecycle: ClassVar[Lifecycle]
    state = models.CharField(max_length=20)

    class Meta:
        abstract = True

    @property
    def open_moves(self) -> list[str]:
        """The moves that the present state allows a person to make."""
        return self.lifecycle.open_moves(self.state)


class Event(models.Model):
    """Who did what to which thing, when; written once, never changed.

    An empty actor is the system: something happened because something else did.
    """

    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    subject_type = models.CharField(max_length=100)
    subject_id = models.BigIntegerField()
    move = models.CharField(max_length=40)
    source = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=20, blank=True)
    details: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="events_of_a_thing")]

    @override
    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}: {self.move}"
