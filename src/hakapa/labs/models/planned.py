from datetime import UTC, datetime

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from typing_extensions import override

from hakapa.accounts.models import Organisation, User
from hakapa.challenges.models import Challenge
from hakapa.kernel.models import Entity, Written
from hakapa.labs import formats
from hakapa.labs.codes import new_code
from hakapa.labs.lifecycle import LIFECYCLE, State
from hakapa.process.models import Movable

# Before and after these no database and no calendar agrees with Python on what a year is.
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)


class Lab(index.Indexed, Movable, Written):
    """A meeting where a room works on challenges and receivers answer (labb)."""

    lifecycle = LIFECYCLE
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PLANNED)
    title = models.CharField(_("title"), max_length=140)
    purpose = models.TextField(
        _("purpose"),
        max_length=1000,
        blank=True,
        help_text=_("What should be different when the room is empty again?"),
    )
    template = models.CharField(_("template"), max_length=40, blank=True)
    host = models.ForeignKey(
        Organisation, models.PROTECT, related_name="hosted_labs", verbose_name=_("host")
    )
    leaders = models.ManyToManyField(
        Organisation,
        related_name="led_labs",
        verbose_name=_("lab leaders"),
        help_text=_("The organisations whose people lead the lab together with the host."),
    )
    challenges = models.ManyToManyField(
        Challenge, related_name="labs", verbose_name=_("challenges")
    )
    starts_at = models.DateTimeField(
        _("starts"), validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    join_code = models.CharField(_("join code"), max_length=12, unique=True, default=new_code)
    announced_at = models.DateTimeField(null=True, blank=True)
    is_moderated = models.BooleanField(
        _("the lab leader looks first"),
        default=False,
        help_text=_("What people write is shown to the others when the lab leader has seen it."),
    )
    by_personal_codes = models.BooleanField(
        _("personal codes"),
        default=False,
        help_text=_("Everybody gets a printed code of their own, which gives one seat."),
    )
    open_until = models.DateTimeField(
        _("open until"),
        null=True,
        blank=True,
        help_text=_("For a lab where people take part when it suits them."),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
    )
    led_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who has the lead right now, among those who may lead.",
    )
    is_voting_open = models.BooleanField(default=True)
    are_results_shown = models.BooleanField(default=False)
    report_back_on = models.DateField(_("reports back on"), null=True, blank=True)
    imported_from = models.CharField(
        max_length=80,
        unique=True,
        null=True,
        blank=True,
        help_text="The fingerprint of the files it was read from, so that none is read twice.",
    )

    search_fields = [
        index.SearchField("title", boost=3),
        index.AutocompleteField("title"),
        index.SearchField("purpose"),
        index.SearchField("place"),
        index.FilterField("state"),
        index.FilterField("host_id"),
        index.FilterField("id"),
    ]

    class Meta:
        ordering = ["-starts_at", "-pk"]

    @override
    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("labs:detail", args=[self.pk])

    @property
    def format(self) -> formats.LabTemplate | None:
        """The template that the lab was planned from; None when it was read from elsewhere."""
        return formats.template(self.template) if self.template else None

    @property
    def is_open(self) -> bool:
        """Whether anyone with the code may take a seat."""
        return self.state in (State.PUBLISHED, State.RUNNING)

    @property
    def is_before_start(self) -> bool:
        """Whether the plan may still be changed."""
        return self.state in (State.PLANNED, State.PUBLISHED)

    @property
    def is_before_end(self) -> bool:
        """Whether receivers may still be invited."""
        return self.is_before_start or self.state == State.RUNNING

    @property
    def takes_cards(self) -> bool:
        """Whether paper cards may be typed in: while the lab goes on, and afterwards."""
        return self.state in (State.RUNNING, State.CLOSED) and not self.imported_from


class Phase(models.Model):
    """One step of a lab's own run sheet, copied from the template so that it may be changed."""

    lab = models.ForeignKey(Lab, models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    name_sv = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    purpose_sv = models.CharField(max_length=300)
    purpose_en = models.CharField(max_length=300)
    minutes = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=10, choices=formats.Mode)
    captures = ArrayField(
        models.CharField(max_length=10, choices=formats.Capture), default=list, blank=True
    )
    prompts_sv = ArrayField(models.CharField(max_length=500), default=list)
    prompts_en = ArrayField(models.CharField(max_length=500), default=list)
    ballot = models.CharField(max_length=12, choices=formats.Ballot, default=formats.Ballot.STANCE)
    dots = models.PositiveSmallIntegerField(default=formats.USUAL_DOTS)
    weighs = ArrayField(
        models.CharField(max_length=10, choices=formats.Capture),
        default=list,
        blank=True,
        help_text="The kinds that the ballot is about; all of them when none is named.",
    )
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    extra_seconds = models.IntegerField(
        default=0, help_text="Time given or taken, and the pauses that are over."
    )
    skipped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["lab", "position"], name="one_phase_per_position"),
            models.UniqueConstraint(
                fields=["lab"],
                condition=Q(started_at__isnull=False, ended_at__isnull=True),
                name="a_lab_is_in_one_phase_at_a_time",
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> formats.Bilingual:
        return formats.Bilingual(self.name_sv, self.name_en)

    @property
    def purpose(self) -> formats.Bilingual:
        return formats.Bilingual(self.purpose_sv, self.purpose_en)

    @property
    def prompts(self) -> list[formats.Bilingual]:
        return [
            formats.Bilingual(sv, en)
            for sv, en in zip(self.prompts_sv, self.prompts_en, strict=True)
        ]


class Room(models.Model):
    """One of several places where the same lab is held at once, each with a code of its own."""

    lab = models.ForeignKey(Lab, models.CASCADE, related_name="rooms")
    name = models.CharField(_("name"), max_length=100)
    place = models.CharField(_("place"), max_length=200, blank=True)
    join_code = models.CharField(max_length=12, unique=True, default=new_code)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["lab", "name"], name="a_room_is_named_once_in_a_lab"),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class Receiver(Entity):
    """An organisation invited to take on what the lab proposes (mottagare)."""

    lab = models.ForeignKey(Lab, models.CASCADE, related_name="receivers")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="invitations", verbose_name=_("organisation")
    )
    role = models.CharField(_("who answers, by role"), max_length=100, blank=True)
    challenges = models.ManyToManyField(
        Challenge,
        blank=True,
        related_name="receivers",
        verbose_name=_("challenges"),
        help_text=_("Leave empty when the receiver answers for all of them."),
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lab", "organisation"], name="a_receiver_is_invited_once"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.role}, {self.organisation}" if self.role else str(self.organisation)
