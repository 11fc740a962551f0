from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from typing_extensions import override

from hakapa.accounts.models import Organisation, User
from hakapa.challenges.models import Challenge
from hakapa.challenges.tags import Barrier
from hakapa.kernel.models import Entity, Written
from hakapa.labs.codes import new_token
from hakapa.labs.models.planned import Lab, Phase


class Perspective(models.TextChoices):
    """From where a participant sees the city."""

    MUNICIPALITY = "municipality", _("municipality")
    COMPANY = "company", _("company")
    RESIDENT = "resident", _("resident")
    ACADEMIA = "academia", _("academia")


class Participant(Entity):
    """Somebody in the room, known by a secret in their browser and by nothing else."""

    lab = models.ForeignKey(Lab, models.CASCADE, related_name="participants")
    token = models.CharField(max_length=64, unique=True, default=new_token)
    perspective = models.CharField(
        _("I am here as"), max_length=20, choices=Perspective, blank=True
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    table = models.PositiveSmallIntegerField(_("table"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"participant {self.pk}"


class Kind(models.TextChoices):
    """What a contribution is."""

    QUESTION = "question", _("question")
    INSIGHT = "insight", _("insight")
    PROPOSAL = "proposal", _("proposal")
    OBSTACLE = "obstacle", _("obstacle")


class Contribution(index.Indexed, Written, Entity):
    """What somebody wrote in a lab (inlägg); put to the vote it is a statement (påstående)."""

    lab = models.ForeignKey(Lab, models.CASCADE, related_name="contributions")
    challenge = models.ForeignKey(
        Challenge, models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    phase = models.ForeignKey(
        Phase, models.SET_NULL, null=True, blank=True, related_name="contributions"
    )
    participant = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="contributions"
    )
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Shown only when the author chose it."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.INSIGHT)
    text = models.CharField(_("text"), max_length=1000)
    table = models.PositiveSmallIntegerField(_("table"), null=True, blank=True)
    barriers = ArrayField(
        models.CharField(max_length=20, choices=Barrier),
        verbose_name=_("barriers"),
        default=list,
        blank=True,
    )
    key = models.UUIDField(
        unique=True, help_text="Sent by the phone, so that a retry adds nothing."
    )
    is_statement = models.BooleanField(default=False)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_why = models.CharField(_("reason"), max_length=200, blank=True)

    search_fields = [index.SearchField("text"), index.AutocompleteField("text")]

    class Meta:
        ordering = ["created", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) | ~Q(hidden_why=""),
                name="what_is_hidden_has_a_reason",
                violation_error_message=_("Say why it is hidden."),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """Return where the room's words are read when the lab is over."""
        return f"{reverse('labs:report', args=[self.lab_id])}#note-{self.pk}"


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
