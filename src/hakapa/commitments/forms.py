from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.accounts.models import AnyUser, Organisation
from hakapa.challenges.models import Challenge
from hakapa.commitments import queries
from hakapa.commitments.actions import ANSWERS
from hakapa.commitments.models import Commitment, FollowUp, Outcome
from hakapa.commitments.standing import Standing
from hakapa.kernel.forms import DayInput, PlainForm, PlainModelForm
from hakapa.labs.models import Lab

USUAL_TERM = timedelta(days=30)
_WORDS = {
    "take": _("We take it on"),
    "hop_on": _("We hop on when somebody else starts"),
    "park": _("Not now, but we come back to it"),
    "decline": _("We decline"),
}
# What an answer does without; before one is chosen nothing else is asked for.
_NEEDLESS = {"decline": ["next_step", "due"], "": ["next_step", "due", "reason"]}


class AnswerForm(PlainForm):
    """A receiver's answer: one choice, and what goes with it."""

    use_required_attribute = False
    move = forms.ChoiceField(
        label=_("What do you answer?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    next_step = forms.CharField(
        label=_("What happens first?"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("The next step, so that others can see it happen. Not needed when declining."),
        error_messages={"required": _("Write the next step: what happens first?")},
    )
    due = forms.DateField(
        label=_("By which day do you tell how it went?"),
        widget=DayInput,
        help_text=_("Thirty days is usual. Not needed when declining."),
        error_messages={"required": _("Choose the day by which you tell how it went.")},
    )
    reason = forms.CharField(
        label=_("Why not?"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Needed when declining, so that others can learn."),
        error_messages={"required": _("A no needs a reason, so that others can learn.")},
    )
    role = forms.CharField(
        label=_("Who answers, by role?"),
        max_length=100,
        required=False,
        help_text=_("Shown instead of a name, for example “head of streets”."),
    )

    def __init__(self, *args: Any, commitment: Commitment, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {
            "role": commitment.role,
            "next_step": commitment.next_step,
            "due": timezone.localdate() + USUAL_TERM,
        }
        moves = [move for move in ANSWERS if move in commitment.open_moves]
        self.fields["move"].choices = [(move, _WORDS[move]) for move in moves]  # type: ignore[attr-defined]

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in _NEEDLESS.get(cleaned.get("move", ""), ["reason"]):
            self.errors.pop(name, None)
        return cleaned


class ReportForm(PlainModelForm):
    """How a promise went; the right thing and the right way are asked apart."""

    use_required_attribute = False

    class Meta:
        model = FollowUp
        fields = ("outcome", "happened", "due_after", "right_thing", "right_way")
        widgets = {
            "outcome": forms.RadioSelect,
            "happened": forms.Textarea({"rows": 4}),
            "due_after": DayInput,
            "right_thing": forms.RadioSelect,
            "right_way": forms.RadioSelect,
        }
        help_texts = {
            "due_after": _("Only when it is going on: the day by which you tell more."),
            "right_thing": _("Did it do something for the effect that the challenge asks for?"),
            "right_way": _("Would you do it the same way again?"),
        }
        error_messages = {
            "outcome": {"required": _("Choose how it went.")},
            "happened": {"required": _("Two sentences about what happened are enough.")},
            "due_after": {"required": _("What goes on needs a new date, after today.")},
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outcome"].choices = Outcome.choices  # type: ignore[attr-defined]
        self.fields["due_after"].required = True  # unless it is settled; see `clean`
        for name in ("right_thing", "right_way"):
            field = self.fields[name]
            field.choices = [c for c in field.choices if c[0]]  # type: ignore[attr-defined]

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("outcome") != Outcome.GOING_ON:
            self.errors.pop("due_after", None)
            cleaned["due_after"] = None
        return cleaned


class FilterForm(forms.Form):
    """What narrows the page of all promises."""

    use_required_attribute = False
    standing = forms.ChoiceField(
        label=_("How it stands"), required=False, choices=[("", _("all")), *Standing.choices]
    )
    receiver = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Receiver"), required=False, empty_label=_("all")
    )
    challenge = forms.ModelChoiceField(
        Challenge.objects.none(), label=_("Challenge"), required=False, empty_label=_("all")
    )
    lab = forms.ModelChoiceField(
        Lab.objects.none(), label=_("Lab"), required=False, empty_label=_("all")
    )

    def __init__(self, *args: Any, user: AnyUser, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["receiver"].queryset = queries.receivers_seen_by(user)  # type: ignore[attr-defined]
        self.fields["challenge"].queryset = queries.challenges_seen_by(user)  # type: ignore[attr-defined]
        self.fields["lab"].queryset = queries.labs_seen_by(user)  # type: ignore[attr-defined]

    @property
    def choice(self) -> queries.Choice:
        """What the visitor chose; a choice that does not exist narrows nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        ids = {
            name: chosen[name].pk if chosen.get(name) else None
            for name in ("receiver", "challenge", "lab")
        }
        return queries.Choice(standing=chosen.get("standing", ""), **ids)
