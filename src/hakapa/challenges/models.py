from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from simple_history.models import HistoricalRecords
from typing_extensions import override

from hakapa.accounts.models import Organisation, Unit, User
from hakapa.challenges.lifecycle import LIFECYCLE, State
from hakapa.challenges.tags import Barrier, Theme
from hakapa.kernel.models import Entity, Written
from hakapa.process.models import Movable

WORDING = ("title", "today", "wish", "affected", "tried")


class Challenge(index.Indexed, Movable, Written):
    """A need with an owner: what is wrong today, what is wished, for whom (utmaning)."""

    lifecycle = LIFECYCLE
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    title = models.CharField(
        _("title"),
        max_length=140,
        help_text=_("One sentence a neighbour would understand."),
    )
    today = models.TextField(
        _("How is it today?"),
        max_length=3000,
        help_text=_("What happens, to whom, and what does it cost that nothing changes?"),
    )
    wish = models.TextField(
        _("What do you wish for?"),
        max_length=1000,
        help_text=_("Preferably a question: “How can we …?” Leave the solution open."),
    )
    affected = models.TextField(
        _("Who is affected?"),
        max_length=1000,
        help_text=_("Groups and roles. Write nothing about individuals."),
    )
    tried = models.TextField(
        _("What has been tried?"),
        max_length=3000,
        blank=True,
        help_text=_("What did you try, and what did you learn? Half-finished counts."),
    )
    cost_of_nothing = models.BigIntegerField(
        _("cost per year that nothing changes"),
        null=True,
        blank=True,
        help_text=_("An estimate is enough."),
    )
    owner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="challenges",
        verbose_name=_("Who owns the challenge?"),
    )
    owner_role = models.CharField(
        _("role of the challenger"),
        max_length=100,
        blank=True,
        help_text=_("Shown instead of a name, for example “head of streets”."),
    )
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    barriers = ArrayField(
        models.CharField(max_length=20, choices=Barrier),
        verbose_name=_("barriers"),
        default=list,
        blank=True,
    )
    themes = ArrayField(
        models.CharField(max_length=20, choices=Theme),
        verbose_name=_("themes"),
        default=list,
        blank=True,
    )
    units = models.ManyToManyField(
        Unit,
        blank=True,
        related_name="challenges",
        verbose_name=_("departments it touches"),
    )
    words = models.GeneratedField(
        expression=SearchVector("title", "today", "wish", config="swedish"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    history = HistoricalRecords(
        excluded_fields=["state", "created", "author", "words"], related_name="wordings"
    )

    search_fields = [
        index.SearchField("title", boost=3),
        *(index.SearchField(name) for name in WORDING[1:]),
        *(index.AutocompleteField(name) for name in WORDING),
    ]

    class Meta:
        ordering = ["-created", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cost_of_nothing__isnull=True) | Q(cost_of_nothing__gte=0),
                name="a_cost_is_not_negative",
            ),
        ]
        indexes = [GinIndex(fields=["words"], name="challenges_by_words")]

    @override
    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("challenges:detail", args=[self.pk])

    @property
    def having(self) -> int:
        """How many organisations have the challenge: its owner and those who said “we too”."""
        return 1 + len(self.shared_needs.all())

    @property
    def barrier_names(self) -> list[str]:
        return [str(Barrier(barrier).label) for barrier in self.barriers]

    @property
    def theme_names(self) -> list[str]:
        return [str(Theme(theme).label) for theme in self.themes]


class EffectGoal(Entity):
    """What should become different, measured: the right thing before doing things right."""

    challenge = models.OneToOneField(Challenge, models.CASCADE, related_name="goal")
    measure = models.CharField(
        _("measure"),
        max_length=200,
        help_text=_("What would you count if you could count one thing?"),
    )
    unit = models.CharField(
        _("counted in"), max_length=40, help_text=_("For example days, per cent, kronor.")
    )
    baseline = models.DecimalField(_("today's value"), max_digits=14, decimal_places=2)
    baseline_on = models.DateField(_("measured on"))
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2)
    target_on = models.DateField(_("reached by"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(target_on__gt=models.F("baseline_on")),
                name="a_target_lies_after_its_baseline",
                violation_error_message=_(
                    "The target date must come after the day of today's value."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(target=models.F("baseline")),
                name="a_target_differs_from_its_baseline",
                violation_error_message=_("The target must differ from today's value."),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.measure


class Measurement(Entity):
    """The effect goal's measure, read again on a later day."""

    goal = models.ForeignKey(EffectGoal, models.CASCADE, related_name="measurements")
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    measured_on = models.DateField(_("measured on"))
    note = models.CharField(_("how it was measured"), max_length=300, blank=True)

    class Meta:
        ordering = ["measured_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "measured_on"],
                name="one_measurement_per_day",
                violation_error_message=_("There is already a value for that day."),
            ),
        ]

    @override
    def clean(self) -> None:
        if self.measured_on <= self.goal.baseline_on:
            raise ValidationError({"measured_on": _("Choose a day after the first value's.")})

    @override
    def __str__(self) -> str:
        return f"{self.measured_on}: {self.value}"


class SharedNeed(Entity):
    """That another organisation has the same challenge: “we have it too”."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="shared_needs")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="shared_needs", verbose_name=_("organisation")
    )
    note = models.CharField(
        _("How does it look with you?"),
        max_length=300,
        blank=True,
        help_text=_("One sentence, if you like."),
    )
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "organisation"], name="an_organisation_has_a_need_once"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.organisation}: {self.challenge}"
