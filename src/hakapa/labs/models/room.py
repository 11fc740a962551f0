from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from typing_extensions import override

from hakapa.accounts.models import Organisation, User
from hakapa.challenges.models import Challenge
from hakapa.challenges.tags import Barrier
from hakapa.kernel.models import Entity, Written
from hakapa.labs.codes import new_personal_code, new_token
from hakapa.labs.models.planned import Lab, Phase, Room


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
    room = models.ForeignKey(
        Room, models.SET_NULL, null=True, blank=True, related_name="participants"
    )
    takes_notes = models.BooleanField(_("I take notes for the table"), default=False)
    account = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="seats",
        help_text="Who has said afterwards that the seat was theirs.",
    )

    class Meta:
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"participant {self.pk}"


class PersonalCode(models.Model):
    """A printed code that gives one person one seat, in a lab that uses such codes."""

    lab = models.ForeignKey(Lab, models.CASCADE, related_name="personal_codes")
    code = models.CharField(max_length=12, unique=True, default=new_personal_code)
    participant = models.OneToOneField(
        Participant, models.SET_NULL, null=True, blank=True, related_name="personal_code"
    )
    freed_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when its seat waits for another phone."
    )

    class Meta:
        ordering = ["pk"]

    @override
    def __str__(self) -> str:
        return f"personal code {self.pk}"


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
    room = models.ForeignKey(
        Room, models.SET_NULL, null=True, blank=True, related_name="contributions"
    )
    barriers = ArrayField(
        models.CharField(max_length=20, choices=Barrier),
        verbose_name=_("barriers"),
        default=list,
        blank=True,
    )
    key = models.UUIDField(
        unique=True, help_text="Sent by the phone, so that a retry adds nothing."
    )
    card = models.CharField(
        max_length=12, blank=True, help_text="The code of the paper card that it was typed in from."
    )
    is_statement = models.BooleanField(default=False)
    is_waiting = models.BooleanField(
        default=False, help_text="Until a lab leader has looked, in a moderated lab."
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    promoted_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when the lab leader shows it first to the room."
    )
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
            models.UniqueConstraint(
                fields=["lab", "card"], condition=~Q(card=""), name="a_card_is_typed_in_once"
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="nothing_is_merged_into_itself"
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.text

    @property
    def origin(self) -> str:
        """What it is and where it comes from, in a few words."""
        kind = capfirst(self.get_kind_display())
        if self.place:
            return f"{kind} · {self.place}"
        return gettext("%(kind)s from the room") % {"kind": kind}

    @property
    def place(self) -> str:
        """At which table and in which room it was written; empty when neither was told."""
        table = gettext("Table %(number)d") % {"number": self.table} if self.table else ""
        return ", ".join(part for part in (table, str(self.room or "")) if part)

    def get_absolute_url(self) -> str:
        """Return where the room's words are read when the lab is over."""
        return f"{reverse('labs:report', args=[self.lab_id])}#note-{self.pk}"
