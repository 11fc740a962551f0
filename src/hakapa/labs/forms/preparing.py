from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.kernel.forms import PlainForm
from hakapa.kernel.text import tidy
from hakapa.labs import cards, formats
from hakapa.labs.models import Phase, Room

LONGEST_PROMPT = 500


class RoomForm(PlainForm):
    """One more place where the lab is held at the same time."""

    name = forms.CharField(
        label=_("What is the room called?"), max_length=Room._meta.get_field("name").max_length
    )
    place = forms.CharField(
        label=_("Where is it?"),
        max_length=Room._meta.get_field("place").max_length,
        required=False,
    )


class CodesForm(PlainForm):
    """How many people are to have a personal code."""

    number = forms.IntegerField(
        label=_("How many codes in all?"),
        min_value=1,
        max_value=2000,
        help_text=_("Codes that are printed already stay as they are; only new ones are added."),
    )


class FreeForm(PlainForm):
    """Which used code is to give its seat once more."""

    code = forms.CharField(
        label=_("The code on the person's paper"),
        max_length=20,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class SheetForm(PlainForm):
    """How many paper cards are printed, and from which number."""

    first = forms.IntegerField(label=_("First number"), min_value=1, max_value=cards.MOST)
    number = forms.IntegerField(label=_("How many cards?"), min_value=1, max_value=200)


class PromptsField(forms.CharField):
    """Questions to the room, one on each line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 3}), required=False, **options)

    @override
    def clean(self, value: Any) -> list[str]:
        lines = [tidy(line) for line in super().clean(value).splitlines()]
        kept = [line for line in lines if line]
        if any(len(line) > LONGEST_PROMPT for line in kept):
            raise forms.ValidationError(
                _("A question has more than %(longest)d characters."),
                params={"longest": LONGEST_PROMPT},
            )
        return kept


class StepForm(PlainForm):
    """One phase of the lab's own run sheet."""

    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600)
    prompts_sv = PromptsField(
        label=_("What the room is asked, in Swedish"), help_text=_("One question on each line.")
    )
    prompts_en = PromptsField(
        label=_("The same in English"), help_text=_("As many lines, in the same order.")
    )
    ballot = forms.ChoiceField(label=_("How people answer"), choices=formats.Ballot.choices)
    dots = forms.IntegerField(label=_("Dots for each person"), min_value=1, max_value=20)

    def __init__(self, sent: Any = None, *, phase: Phase) -> None:
        initial = {
            "minutes": phase.minutes,
            "prompts_sv": "\n".join(phase.prompts_sv),
            "prompts_en": "\n".join(phase.prompts_en),
            "ballot": phase.ballot,
            "dots": phase.dots,
        }
        super().__init__(sent, initial=initial, prefix=f"p{phase.position}")
        self.phase = phase
        if formats.Capture.VOTE not in phase.captures:
            del self.fields["ballot"], self.fields["dots"]

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        swedish, english = cleaned.get("prompts_sv"), cleaned.get("prompts_en")
        if swedish is not None and english is not None and len(swedish) != len(english):
            self.add_error("prompts_en", _("Write every question in both languages."))
        return cleaned
