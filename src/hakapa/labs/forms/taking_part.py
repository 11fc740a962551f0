from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hakapa.accounts.models import Organisation
from hakapa.challenges.models import Challenge
from hakapa.kernel.forms import PlainForm
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Choice, Kind, Participant, Perspective

# Longer than this is not read from a wall, and not weighed by a thumb.
LONGEST_ON_A_PHONE = 500


class JoinForm(PlainForm):
    """The code on the wall."""

    code = forms.CharField(
        label=_("The lab's code"),
        max_length=20,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("Six characters. It stands on the big screen."),
    )


class EnterForm(PlainForm):
    """From where somebody sees the city, and at which table they sit; nothing else is asked."""

    perspective = forms.ChoiceField(
        label=_("I am here as"),
        choices=[*Perspective.choices, ("", _("I would rather not say"))],
        widget=forms.RadioSelect,
        required=False,
    )
    table = forms.IntegerField(
        label=_("Table"),
        min_value=1,
        max_value=500,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )


class WriteForm(PlainForm):
    """One thing that somebody contributes; the key keeps a retry from adding it twice."""

    text = forms.CharField(
        label=_("In one sentence"),
        max_length=LONGEST_ON_A_PHONE,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Everybody can read it. Write nothing about individuals."),
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind.choices, widget=forms.RadioSelect)
    challenge = forms.ModelChoiceField(
        Challenge.objects.none(), label=_("About which challenge?"), empty_label=None
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, participant: Participant, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        challenges = participant.lab.challenges.all()
        self._challenges = list(challenges)
        fields["challenge"].queryset = challenges
        if len(self._challenges) < 2:  # noqa: PLR2004  (with one there is nothing to choose)
            del fields["challenge"]

    @property
    def about(self) -> Challenge | None:
        """The challenge that was chosen, or the lab's only one."""
        only = self._challenges[0] if self._challenges else None
        return self.cleaned_data.get("challenge", only)


class VoteForm(forms.Form):
    """An answer to a statement."""

    statement = forms.IntegerField(max_value=2**63 - 1)
    value = forms.TypedChoiceField(choices=Choice.choices, coerce=int)


class FilterForm(forms.Form):
    """What narrows the list of labs."""

    use_required_attribute = False
    words = forms.CharField(label=_("Words"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *State.choices]
    )
    host = forms.ModelChoiceField(
        Organisation.objects.all(), label=_("Host"), required=False, empty_label=_("all")
    )
