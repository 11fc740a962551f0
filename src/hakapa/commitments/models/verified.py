import secrets

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.accounts.models import User
from hakapa.commitments.models.promised import Commitment
from hakapa.kernel.models import Entity, Written
from hakapa.labs.models import Participant
from hakapa.moderation.models import Moderated


def new_token() -> str:
    """Return the secret in the link by which one person answers one question."""
    return secrets.token_urlsafe(24)


class Happened(models.TextChoices):
    """What somebody who took part says about a promise that is told to be kept."""

    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")
    CANNOT_TELL = "cannot_tell", _("I cannot tell")


class Verification(Moderated, Written, Entity):
    """That somebody who took part is asked once whether it happened, and what they say."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="verifications")
    seat = models.ForeignKey(
        Participant,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Where they sat in the lab.",
    )
    account = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who is asked; empty when they are reached in another way, or were erased.",
    )
    token = models.CharField(max_length=64, unique=True, default=new_token)
    answer = models.CharField(_("Did it happen?"), max_length=12, choices=Happened, blank=True)
    line = models.CharField(
        _("A line about it"),
        max_length=200,
        blank=True,
        help_text=_("Shown without your name, when at least five have answered."),
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "seat"], name="a_seat_is_asked_once"),
            models.UniqueConstraint(
                fields=["commitment", "account"], name="an_account_is_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_has_a_moment",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.answer or 'asked'}"

    def get_absolute_url(self) -> str:
        """Return where the answer is read, among the others on the promise's page."""
        return f"{self.commitment.get_absolute_url()}#verdict"

    @property
    def secret_url(self) -> str:
        """The link that lets its holder answer without signing in; for that person alone."""
        return reverse("commitments:verify", args=[self.token])
