from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.accounts.models import AnyUser, Organisation
from hakapa.accounts.queries import organisations_of
from hakapa.challenges.lifecycle import State
from hakapa.challenges.models import Challenge, EffectGoal, Measurement
from hakapa.challenges.tags import Barrier, Theme
from hakapa.kernel.forms import DayInput, KronorField, PlainForm, PlainModelForm


class ChallengeForm(PlainModelForm):
    """The words of a challenge; five questions and what helps others find it."""

    cost_of_nothing = KronorField(
        label=_("What does it cost per year that nothing changes, in kronor?"),
        required=False,
        help_text=_("An estimate is enough."),
    )
    themes = forms.MultipleChoiceField(
        label=_("What is it about?"),
        choices=Theme.choices,
        widget=forms.CheckboxSelectMultiple({"class": "short-choices"}),
        required=False,
    )
    barriers = forms.MultipleChoiceField(
        label=_("What holds the problem in place?"),
        choices=Barrier.choices,
        widget=forms.CheckboxSelectMultiple({"class": "short-choices"}),
        required=False,
    )
    unit_names = forms.CharField(
        label=_("Which departments does it touch?"),
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
        required=False,
        help_text=_("One on each line."),
    )

    class Meta:
        model = Challenge
        fields = ("title", "today", "wish", "affected", "tried", "owner", "owner_role")
        widgets = {
            "today": forms.Textarea({"rows": 5}),
            "wish": forms.Textarea({"rows": 3}),
            "affected": forms.Textarea({"rows": 2}),
            "tried": forms.Textarea({"rows": 4}),
        }

    def __init__(self, *args: Any, user: AnyUser, **options: Any) -> None:
        super().__init__(*args, **options)
        owner: Any = self.fields["owner"]
        owner.queryset, owner.empty_label = organisations_of(user), None
        if self.instance.pk:
            del self.fields["owner"]
            self.initial["unit_names"] = "\n".join(u.name for u in self.instance.units.all())
            for name in ("themes", "barriers", "cost_of_nothing"):
                self.initial[name] = getattr(self.instance, name)

    @property
    def units(self) -> list[str]:
        """The departments, by name."""
        return list(self.cleaned_data["unit_names"].splitlines())

    @property
    def words(self) -> dict[str, Any]:
        """What the actions take as the challenge's words and tags."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("owner", "unit_names")
        }


class GoalForm(PlainModelForm):
    """The effect that is wished for, measured."""

    class Meta:
        model = EffectGoal
        fields = ("measure", "unit", "baseline", "baseline_on", "target", "target_on")
        widgets = {"baseline_on": DayInput, "target_on": DayInput}
        localized_fields = ("baseline", "target")

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("baseline") is not None and cleaned.get("baseline") == cleaned.get("target"):
            self.add_error("target", _("The target must differ from today's value."))
        first, last = cleaned.get("baseline_on"), cleaned.get("target_on")
        if first and last and last <= first:
            self.add_error("target_on", _("Choose a day after the day of today's value."))
        return cleaned


class MeasurementForm(PlainModelForm):
    """The measure, read again."""

    class Meta:
        model = Measurement
        fields = ("value", "measured_on", "note")
        widgets = {"measured_on": DayInput}
        localized_fields = ("value",)

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        goal, day = self.instance.goal, cleaned.get("measured_on")
        if day and day <= goal.baseline_on:
            self.add_error("measured_on", _("Choose a day after the first value's."))
        elif day and goal.measurements.filter(measured_on=day).exists():
            self.add_error("measured_on", _("There is already a value for that day."))
        return cleaned


class NeedForm(PlainForm):
    """That an organisation has the challenge too."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Which organisation?"), empty_label=None
    )
    note = forms.CharField(
        label=_("How does it look with you?"),
        max_length=300,
        required=False,
        help_text=_("One sentence, if you like."),
    )

    def __init__(self, *args: Any, user: AnyUser, challenge: Challenge, **options: Any) -> None:
        super().__init__(*args, **options)
        others = organisations_of(user).exclude(pk=challenge.owner_id)
        others = others.exclude(shared_needs__challenge=challenge)
        self.fields["organisation"].queryset = others  # type: ignore[attr-defined]


class CloseForm(PlainForm):
    """Why nothing more is asked for."""

    why = forms.CharField(
        label=_("Why can the challenge be closed?"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One sentence about what became of it. It is shown in the history."),
    )


class FilterForm(forms.Form):
    """What narrows the list of challenges."""

    use_required_attribute = False
    words = forms.CharField(label=_("Words"), required=False, max_length=100)
    theme = forms.ChoiceField(
        label=_("Theme"), required=False, choices=[("", _("all")), *Theme.choices]
    )
    barrier = forms.ChoiceField(
        label=_("Barrier"), required=False, choices=[("", _("all")), *Barrier.choices]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *State.choices]
    )
    owner = forms.ModelChoiceField(
        Organisation.objects.all(), label=_("Owner"), required=False, empty_label=_("all")
    )
