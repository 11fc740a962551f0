from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.accounts.models import Organisation
from hakapa.challenges.models import Challenge
from hakapa.kernel.forms import PlainForm
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Choice, Criterion, Kind, Participant, Perspective, Phase, Room
from hakapa.labs.queries import Door

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
    """From where somebody sees the city, and where they sit; nothing else is asked."""

    perspective = forms.ChoiceField(
        label=_("I am here as"),
        choices=[*Perspective.choices, ("", _("I would rather not say"))],
        widget=forms.RadioSelect,
        required=False,
    )
    room = forms.ModelChoiceField(
        Room.objects.none(), label=_("Room"), required=False, empty_label=_("choose")
    )
    table = forms.IntegerField(
        label=_("Table"),
        min_value=1,
        max_value=500,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    takes_notes = forms.BooleanField(label=_("I take notes for the table"), required=False)

    def __init__(self, *args: Any, door: Door, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        self._room = door.room
        rooms = door.lab.rooms.all()
        fields["room"].queryset = rooms
        if door.room or not rooms:
            del fields["room"]
        if door.lab.open_until:  # everybody sits where they are
            del fields["table"], fields["takes_notes"]

    @override
    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("takes_notes") and not told.get("table") and "table" not in self.errors:
            self.add_error("table", _("For which table do you take notes?"))
        return told if self._room is None else {**told, "room": self._room}


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
    phase = forms.ModelChoiceField(Phase.objects.none(), required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, participant: Participant, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        challenges = participant.lab.challenges.all()
        self._challenges = list(challenges)
        fields["challenge"].queryset = challenges
        fields["phase"].queryset = participant.lab.phases.all()
        if len(self._challenges) < 2:  # noqa: PLR2004  (with one there is nothing to choose)
            del fields["challenge"]

    @property
    def about(self) -> Challenge | None:
        """The challenge that was chosen, or the lab's only one."""
        only = self._challenges[0] if self._challenges else None
        return self.cleaned_data.get("challenge", only)


class WeighForm(forms.Form):
    """An answer to a statement by one of the ballots: agreement, dots or grades."""

    statement = forms.IntegerField(max_value=2**63 - 1)
    value = forms.TypedChoiceField(
        choices=Choice.choices, coerce=int, empty_value=None, required=False
    )
    number = forms.IntegerField(min_value=0, max_value=100, required=False)
    agreement = forms.IntegerField(min_value=0, max_value=5, required=False)
    benefit = forms.IntegerField(min_value=0, max_value=5, required=False)
    ease = forms.IntegerField(min_value=0, max_value=5, required=False)
    confused = forms.BooleanField(required=False)

    @property
    def grades(self) -> dict[Criterion, int]:
        """The grades that were given, by criterion."""
        given = {criterion: self.cleaned_data.get(criterion.value) for criterion in Criterion}
        return {criterion: grade for criterion, grade in given.items() if grade is not None}


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
