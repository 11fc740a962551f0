from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from typing_extensions import override

from hakapa.accounts.models import Organisation, User
from hakapa.commitments.lifecycle import LIFECYCLE, PROMISED, WAITING, State
from hakapa.kernel.models import Written
from hakapa.process.models import Movable
from hakapa.proposals.models import Proposal


class Mandate(models.TextChoices):
    """Whether whoever promised knows that they may do it."""

    KNOWN = "known", _("known: we may decide this ourselves")
    UNCLEAR = "unclear", _("unclear: we do not know yet who decides")


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
    mandate = models.CharField(_("mandate"), max_length=10, choices=Mandate, blank=True)
    assignee = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The colleague who sees to it; in public only the role is shown.",
    )

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

    @property
    def is_unclear(self) -> bool:
        """Whether something is promised that nobody knows who may decide."""
        return self.state in PROMISED and self.mandate == Mandate.UNCLEAR

    def days_late(self, today: date | None = None) -> int:
        """Return for how many days the promise has been late; 0 when it is not."""
        if self.state not in WAITING or self.due is None:
            return 0
        return max(0, ((today or timezone.localdate()) - self.due).days)
