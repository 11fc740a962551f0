from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.accounts.models import AnyUser, Organisation
from hakapa.accounts.queries import organisations_of
from hakapa.challenges import queries as challenges
from hakapa.challenges.lifecycle import State as ChallengeState
from hakapa.challenges.models import Challenge
from hakapa.kernel.forms import MomentInput, PlainForm, PlainModelForm
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab, Receiver


class LabForm(PlainModelForm):
    """What a lab is about, when and where, and who leads it."""

    class Meta:
        model = Lab
        fields = (
            "title", "purpose", "host", "challenges", "starts_at", "place", "leaders",
            "is_moderated", "by_personal_codes", "open_until",
        )  # fmt: skip
        widgets = {
            "purpose": forms.Textarea({"rows": 3}),
            "starts_at": MomentInput,
            "open_until": MomentInput,
            "challenges": forms.CheckboxSelectMultiple,
            "leaders": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, user: AnyUser, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        living = challenges.visible_to(user).exclude(state=ChallengeState.CLOSED)
        if self.instance.state == State.PUBLISHED:
            living = living.exclude(state=ChallengeState.DRAFT)
        present = self.instance.challenges.values("pk") if self.instance.pk else []
        fields["challenges"].queryset = living | challenges.visible_to(user).filter(pk__in=present)
        fields["leaders"].required = False
        fields["host"].queryset = organisations_of(user)
        fields["host"].empty_label = None
        if self.instance.pk:
            del fields["host"]

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("open_until")
        if starts and ends and ends <= starts:
            self.add_error("open_until", _("It must end after it starts."))
        if self.instance.pk and "by_personal_codes" in self.changed_data:
            self._refuse_another_code_for_those_seated()
        return {name: value for name, value in cleaned.items() if name not in self.errors}

    def _refuse_another_code_for_those_seated(self) -> None:
        if self.instance.participants.exists():
            self.add_error(
                "by_personal_codes", _("Somebody has a seat already, so the kind of code stays.")
            )


class InviteForm(PlainForm):
    """Who is asked to answer what the room proposes."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label=_("Which organisation?"), empty_label=_("choose")
    )
    role = forms.CharField(
        label=_("Who answers, by role?"),
        max_length=Receiver._meta.get_field("role").max_length,
        required=False,
        help_text=_("For example “head of streets”. No names."),
    )
    challenges = forms.ModelMultipleChoiceField(
        Challenge.objects.none(),
        label=_("For which challenges?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Leave empty when the receiver answers for all of them."),
    )

    def __init__(self, *args: Any, lab: Lab, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["challenges"].queryset = lab.challenges.all()
        if lab.challenges.count() < 2:  # noqa: PLR2004  (with one there is nothing to choose)
            del fields["challenges"]


class CancelForm(PlainForm):
    """Why a lab is called off."""

    why = forms.CharField(
        label=_("Why is it cancelled?"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One sentence. It is shown to everybody who was to come."),
    )
