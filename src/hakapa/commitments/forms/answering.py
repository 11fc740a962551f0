from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.challenges.models import EffectGoal
from hakapa.commitments.actions import ANSWERS
from hakapa.commitments.models import Commitment, FollowUp, Mandate, Outcome
from hakapa.kernel.forms import DayInput, PlainForm, PlainModelForm

USUAL_TERM = timedelta(days=30)
_WORDS = {
    "take": _("We take it on"),
    "hop_on": _("We hop on when somebody else starts"),
    "park": _("Not now, but we come back to it"),
    "decline": _("We decline"),
}
# What an answer does without; before one is chosen nothing else is asked for.
_NEEDLESS = {
    "decline": ["next_step", "due", "mandate"],
    "park": ["reason", "mandate"],
    "": ["next_step", "due", "reason", "mandate"],
}
# What only one outcome of a report asks for.
_ONLY_WHEN = {"due_after": Outcome.GOING_ON, "barrier": Outcome.NOT_KEPT}


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
    mandate = forms.ChoiceField(
        label=_("Is the mandate known?"),
        widget=forms.RadioSelect,
        choices=Mandate.choices,
        help_text=_("An unclear mandate is no shame: it is counted, so that it can be cleared up."),
        error_messages={"required": _("Choose whether the mandate is known or unclear.")},
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
        fields = (
            "outcome", "happened", "due_after", "barrier", "learned", "right_thing", "right_way",
        )  # fmt: skip
        widgets = {
            "outcome": forms.RadioSelect,
            "happened": forms.Textarea({"rows": 4}),
            "learned": forms.Textarea({"rows": 3}),
            "due_after": DayInput,
            "right_thing": forms.RadioSelect,
            "right_way": forms.RadioSelect,
        }
        help_texts = {
            "barrier": _("Only when it was not done: the kind of obstacle, so that it is counted."),
            "due_after": _("Only when it is going on: the day by which you tell more."),
            "right_thing": _("Did it do something for the effect that the challenge asks for?"),
            "right_way": _("Would you do it the same way again?"),
        }
        error_messages = {
            "outcome": {"required": _("Choose how it went.")},
            "happened": {"required": _("Two sentences about what happened are enough.")},
            "due_after": {"required": _("What goes on needs a new date, after today.")},
            "barrier": {"required": _("Choose what stood in the way.")},
        }

    effect = forms.DecimalField(
        label=_("What does the challenge's measure say now?"),
        max_digits=14,
        decimal_places=2,
        required=False,
        localize=True,
    )

    def __init__(self, *args: Any, goal: EffectGoal | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outcome"].choices = Outcome.choices  # type: ignore[attr-defined]
        for name in _ONLY_WHEN:
            self.fields[name].required = True  # unless it is needless; see `clean`
        if goal is None:
            del self.fields["effect"]
        else:
            unit = {"measure": goal.measure, "unit": goal.unit}
            self.fields["effect"].help_text = escape(_("%(measure)s, in %(unit)s.") % unit)
        for name in ("right_thing", "right_way"):
            field = self.fields[name]
            field.choices = [c for c in field.choices if c[0]]  # type: ignore[attr-defined]

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, outcome in _ONLY_WHEN.items():
            if cleaned.get("outcome") != outcome:
                self.errors.pop(name, None)
                cleaned[name] = None if name == "due_after" else ""
        return cleaned
