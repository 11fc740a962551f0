from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from simple_history.models import HistoricalRecords
from typing_extensions import override

from hakapa.accounts.models import Organisation, User
from hakapa.challenges.models import Challenge
from hakapa.kernel.models import Entity, Written
from hakapa.labs.models import Contribution, Lab
from hakapa.process.models import Movable
from hakapa.proposals.lifecycle import LIFECYCLE, State

WORDING = ("title", "text", "first_step")


class Proposal(index.Indexed, Movable, Written):
    """What a lab suggests that receivers do, grown from what was written there (förslag)."""

    lifecycle = LIFECYCLE
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    title = models.CharField(
        _("proposal"), max_length=140, help_text=_("One idea, one sentence, one action.")
    )
    text = models.TextField(_("more about it"), max_length=3000, blank=True)
    first_step = models.CharField(
        _("the first step"),
        max_length=300,
        help_text=_("The smallest thing somebody could start with within 30 days."),
    )
    challenge = models.ForeignKey(
        Challenge, models.PROTECT, related_name="proposals", verbose_name=_("challenge")
    )
    lab = models.ForeignKey(Lab, models.PROTECT, related_name="proposals")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("put forward by"),
    )
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    contributions = models.ManyToManyField(
        Contribution,
        through="Source",
        through_fields=("proposal", "contribution"),
        related_name="proposals",
    )
    history = HistoricalRecords(
        excluded_fields=["state", "created", "author", "merged_into"], related_name="wordings"
    )

    search_fields = [
        index.SearchField("title", boost=3),
        index.AutocompleteField("title"),
        index.SearchField("text"),
        index.SearchField("first_step"),
        index.FilterField("state"),
        index.FilterField("lab_id"),
        index.FilterField("id"),
    ]

    class Meta:
        ordering = ["-created", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.MERGED, merged_into__isnull=False)
                | (~Q(state=State.MERGED) & Q(merged_into__isnull=True)),
                name="a_merged_proposal_says_into_which",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="a_proposal_is_not_merged_into_itself",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposals:detail", args=[self.pk])


class Source(Entity):
    """That a proposal grew from a contribution, its own or that of a proposal merged into it."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="sources")
    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="sources")
    came_with = models.ForeignKey(
        Proposal,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The merged proposal that brought it; empty when it is the proposal's own."),
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "contribution"], name="a_proposal_has_a_source_once"
            ),
            models.CheckConstraint(
                condition=Q(came_with__isnull=True) | ~Q(came_with=F("proposal")),
                name="a_source_comes_with_another_proposal",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.contribution} → {self.proposal}"
