from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.labs.models.planned import Phase
from hakapa.labs.models.room import Contribution, Participant


class Choice(models.IntegerChoices):
    """An answer to a statement."""

    DISAGREE = -1, _("disagree")
    PASS = 0, _("pass")
    AGREE = 1, _("agree")


class Vote(models.Model):
    """One participant's answer to one statement; changed as often as they like until closing."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="votes")
    statement = models.ForeignKey(Contribution, models.CASCADE, related_name="votes")
    value = models.SmallIntegerField(choices=Choice)
    sequence = models.BigIntegerField(
        db_default=0, help_text="Counted by the phone: an older answer never replaces a newer one."
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "statement"], name="one_vote_per_participant_and_statement"
            ),
            models.CheckConstraint(
                condition=Q(value__in=Choice.values), name="a_vote_is_agree_pass_or_disagree"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.participant_id} → {self.statement_id}: {self.value}"


class Dots(models.Model):
    """How many of their dots a participant has placed on a statement in a phase."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="dots")
    statement = models.ForeignKey(Contribution, models.CASCADE, related_name="dots")
    phase = models.ForeignKey(Phase, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    sequence = models.BigIntegerField(db_default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "statement", "phase"],
                name="one_count_of_dots_per_participant_statement_and_phase",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.participant_id} → {self.statement_id}: {self.number} dots"


class Criterion(models.TextChoices):
    """What a statement is rated by."""

    AGREEMENT = "agreement", _("agreement")
    BENEFIT = "benefit", _("benefit")
    EASE = "ease", _("easy to begin")


class Rating(models.Model):
    """How a participant rates a statement: 1 to 5, or 0 when it is not understood."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="ratings")
    statement = models.ForeignKey(Contribution, models.CASCADE, related_name="ratings")
    criterion = models.CharField(max_length=10, choices=Criterion)
    value = models.PositiveSmallIntegerField()
    sequence = models.BigIntegerField(db_default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "statement", "criterion"],
                name="one_rating_per_participant_statement_and_criterion",
            ),
            models.CheckConstraint(
                condition=Q(value__lte=5), name="a_rating_is_at_most_five_or_confusing"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.participant_id} → {self.statement_id}: {self.criterion} {self.value}"
