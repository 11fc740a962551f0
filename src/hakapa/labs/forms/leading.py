from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hakapa.accounts.models import Membership, User
from hakapa.kernel.forms import PlainForm
from hakapa.labs import queries
from hakapa.labs.models import Contribution, Kind, Lab, Receiver, Room

LONGEST_ON_A_CARD = 500


class HideForm(PlainForm):
    """Why a contribution is taken off every page."""

    why = forms.CharField(
        label=_("Why?"), max_length=Contribution._meta.get_field("hidden_why").max_length
    )


class HandOverForm(PlainForm):
    """To whom the lead is handed."""

    to = forms.ModelChoiceField(
        Membership.objects.none(), label=_("Hand the lead to"), empty_label=_("choose")
    )

    def __init__(self, *args: Any, lab: Lab, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["to"].queryset = queries.those_who_may_lead(lab).exclude(user=by)
        fields["to"].label_from_instance = queries.called


class CardForm(PlainForm):
    """What stands on a paper card."""

    card = forms.CharField(
        label=_("The card's code"),
        max_length=12,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("A number and two letters, in the corner of the card."),
    )
    text = forms.CharField(
        label=_("What stands on it"),
        max_length=LONGEST_ON_A_CARD,
        widget=forms.Textarea({"rows": 3}),
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind.choices, widget=forms.RadioSelect)
    table = forms.IntegerField(label=_("Table"), min_value=1, max_value=500, required=False)
    room = forms.ModelChoiceField(
        Room.objects.none(), label=_("Room"), required=False, empty_label=_("choose")
    )

    def __init__(self, *args: Any, lab: Lab, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["room"].queryset = lab.rooms.all()
        if not lab.rooms.exists():
            del fields["room"]


class MergeForm(PlainForm):
    """Which contributions say the same, and how to say it in one."""

    sources = forms.ModelMultipleChoiceField(
        Contribution.objects.none(),
        label=_("Which belong together?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least two.")},
    )
    text = forms.CharField(
        label=_("In one sentence"),
        max_length=LONGEST_ON_A_CARD,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It becomes a new statement. The sources and their answers are kept."),
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind.choices, widget=forms.RadioSelect)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, lab: Lab, only_tables: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        choice = queries.notes_of_tables(lab) if only_tables else queries.shown(lab)
        fields["sources"].queryset = choice
        fields["sources"].label_from_instance = _as_told


class EndingForm(PlainForm):
    """Why the lab is closed early, or why each silent receiver has not answered."""

    why = forms.CharField(
        label=_("Why is the lab closed now?"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, silent: list[Receiver], early: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.silent = silent
        self.fields["why"].required = early
        if early:
            self.fields["why"].help_text = _("One sentence. It is shown in the report.")
            return
        del self.fields["why"]
        for receiver in silent:
            self.fields[_field(receiver)] = forms.CharField(
                label=_("Why has %(who)s not answered?") % {"who": receiver},
                max_length=300,
                help_text=_("For example: answers when the proposals are put together."),
            )

    @property
    def missing(self) -> dict[int, str]:
        """The reasons that were given, by the organisation's id."""
        given = self.cleaned_data
        return {r.organisation_id: given.get(_field(r), "") for r in self.silent}


def _field(receiver: Receiver) -> str:
    return f"missing_{receiver.organisation_id}"


def _as_told(contribution: Contribution) -> str:
    """Say where a contribution came from, and what it says."""
    notes = (contribution.get_kind_display(), contribution.place)
    return f"{contribution.text} ({' · '.join(note for note in notes if note)})"
