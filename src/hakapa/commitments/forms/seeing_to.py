from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.accounts.models import Membership, User
from hakapa.accounts.queries import members_of
from hakapa.commitments.models import Commitment, Verification
from hakapa.kernel.forms import DayInput, PlainForm, PlainModelForm

USUAL_DELAY = timedelta(days=30)


class ColleagueField(forms.ModelChoiceField[Membership]):
    """Colleagues by title and name, as they know each other at work."""

    @override
    def label_from_instance(self, obj: Membership) -> str:
        return ", ".join(filter(None, (obj.title, str(obj.user))))


class HandOverForm(PlainForm):
    """Which colleague sees to it from now on."""

    use_required_attribute = False
    to = ColleagueField(
        Membership.objects.none(),
        label=_("Which colleague?"),
        empty_label=None,
        help_text=_("In public only the colleague's title is shown."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a colleague.")},
    )
    note = forms.CharField(
        label=_("A word to the colleague"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Only the colleague reads it."),
    )

    def __init__(self, *args: Any, commitment: Commitment, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        colleagues = members_of(commitment.receiver).exclude(user=commitment.assignee_id or by.pk)
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]


class ChangeDateForm(PlainForm):
    """A new date for a promise, and why."""

    use_required_attribute = False
    due = forms.DateField(
        label=_("By which day instead?"),
        widget=DayInput,
        error_messages={"required": _("Choose the new day.")},
    )
    why = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Stands in the open beside the old date and the new one."),
        error_messages={"required": _("Say why, so that those who wait understand.")},
    )

    def __init__(self, *args: Any, commitment: Commitment, **options: Any) -> None:
        super().__init__(*args, **options)
        start = max(commitment.due or timezone.localdate(), timezone.localdate())
        self.initial = {"due": start + USUAL_DELAY}


class VerifyForm(PlainModelForm):
    """Whether it happened, says somebody who took part."""

    use_required_attribute = False

    class Meta:
        model = Verification
        fields = ("answer", "line")
        widgets = {"answer": forms.RadioSelect}
        error_messages = {"answer": {"required": _("Choose one of the answers.")}}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        answer = self.fields["answer"]
        answer.required = True
        answer.choices = [c for c in answer.choices if c[0]]  # type: ignore[attr-defined]
