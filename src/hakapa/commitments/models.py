from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from typing_extensions import override

from hakapa.accounts.models import Organisation
from hakapa.commitments.lifecycle import LIFECYCLE, PROMISED, WAITING, State
from hakapa.kernel.models import Entity, Written
from hakapa.process.models import Movable
from hakapa.proposals.models import Proposal


class Commitment(index.Indexed, Movable, Written):
    """A receiver's answer to a proposal: whether it acts, what comes first, by when (åtagande)."""

    lifecycle = LIFECYCLE
    state = models.CharField(_("answer"), max_length=20, choices=State, default=State.ASKED)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="commitments")
    receiver = models.ForeignKey(
        Organisation, models.PROTECT, related_name="commitments", verbose_name=_("receiver")
    )
    role = models.CharField(
        _("who answers, by role"),
        max_length=100,
        blank=True,
        help_text=_("Shown instead of a name."),
    )
    next_step = models.CharField(
        _("next step"),
        max_length=300,
        blank=True,
        help_text=_("The first thing that happens, so that others can see it happen."),
    )
    due = models.DateField(
        _("report no later than"),
        null=True,
        blank=True,
        help_text=_("The day by which you tell how it went."),
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    search_fields = [
        *(index.SearchField(name) for name in ("next_step", "reason", "role")),
        *(index.AutocompleteField(name) for name in ("next_step", "reason", "role")),
    ]

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "receiver"], name="one_answer_per_receiver"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*WAITING, State.KEPT]) | Q(due__isnull=False),
                name="a_promise_has_a_date",
                violation_error_message=_("A promise needs a date."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PROMISED) | ~Q(next_step=""),
                name="a_promise_has_a_next_step",
                violation_error_message=_("A promise needs a next step."),
            ),
            models.CheckConstraint(
                condition=Q(state=State.ASKED) | Q(answered_on__isnull=False),
                name="an_answer_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "due"], name="commitments_by_state_and_due")]

    @override
    def __str__(self) -> str:
        return f"{self.receiver}: {self.proposal}"

    def get_absolute_url(self) -> str:
        return reverse("commitments:detail", args=[self.pk])

    def days_late(self, today: date | None = None) -> int:
        """Return for how many days the promise has been late; 0 when it is not."""
        if self.state not in WAITING or self.due is None:
            return 0
        return max(0, ((today or timezone.localdate()) - self.due).days)


class Outcome(models.TextChoices):
    """What a follow-up says about the promise."""

    KEPT = "kept", _("done")
    GOING_ON = "going_on", _("going on, with a new date")
    NOT_KEPT = "not_kept", _("not done")


class Judgement(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    UNCLEAR = "unclear", _("unclear")


class FollowUp(Written, Entity):
    """A receiver's public report on how a promise went (uppföljning)."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="follow_ups")
    outcome = models.CharField(_("How did it go?"), max_length=10, choices=Outcome)
    happened = models.TextField(
        _("What happened?"),
        max_length=2000,
        help_text=_("Two sentences are enough. What did you learn?"),
    )
    right_thing = models.CharField(
        _("Was it the right thing to do?"), max_length=10, choices=Judgement, blank=True
    )
    right_way = models.CharField(
        _("Was it done in the right way?"), max_length=10, choices=Judgement, blank=True
    )
    due_before = models.DateField()
    due_after = models.DateField(_("new date"), null=True, blank=True)
    reported_on = models.DateField()

    class Meta:
        ordering = ["-reported_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.GOING_ON) | Q(due_after__isnull=False),
                name="what_goes_on_has_a_new_date",
                violation_error_message=_("What goes on needs a new date."),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.outcome}"
