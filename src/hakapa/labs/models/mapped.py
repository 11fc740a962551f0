from django.db import models
from django.urls import reverse
from typing_extensions import override

from hakapa.labs.models.planned import Lab


class OpinionMap(models.Model):
    """How a room thinks, drawn from its answers at a moment (åsiktskarta).

    Everything in it may be seen by everybody once the lab is closed: no group, no perspective and
    no statement of fewer than five people.
    """

    lab = models.OneToOneField(Lab, models.CASCADE, related_name="opinion_map")
    computed_at = models.DateTimeField()
    votes = models.PositiveIntegerField(help_text="How many answers the lab had then.")
    latest_vote_at = models.DateTimeField(null=True, help_text="When the last of them was given.")
    people = models.PositiveIntegerField(
        help_text="How many are on the map; 0 when too few have answered for there to be one."
    )
    shown = models.JSONField(default=dict, help_text="Groups, perspectives and statements.")
    told = models.JSONField(
        default=dict, help_text="By language: the drawing, what it says in words, the table."
    )
    inputs = models.JSONField(
        default=dict, help_text="The answers that it can be computed from again."
    )
    trail = models.JSONField(
        null=True, help_text="What keeps letters and directions when the map is drawn again."
    )

    @override
    def __str__(self) -> str:
        return f"opinion map of {self.lab_id}"

    def get_absolute_url(self) -> str:
        """Return where the drawing lies; another address whenever it is drawn again."""
        address = reverse("labs:map", args=[self.lab_id, "svg"])
        return f"{address}?{self.computed_at.timestamp():.0f}"
