from django import forms
from django.utils.translation import gettext_lazy as _

from hakapa.kernel.forms import PlainForm, PlainModelForm
from hakapa.moderation.models import Case, Flag, Ground


class FlagForm(PlainModelForm):
    """What a reader says against a text."""

    use_required_attribute = False

    class Meta:
        model = Flag
        fields = ("ground", "words")
        widgets = {"ground": forms.RadioSelect, "words": forms.Textarea({"rows": 3})}
        error_messages = {"ground": {"required": _("Choose what is wrong with it.")}}

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["ground"].choices = Ground.choices  # type: ignore[attr-defined]


class DecisionForm(PlainForm):
    """What is decided about a text, and why."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Reason to the author"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=Case._meta.get_field("reason").help_text,
        error_messages={"required": _("A decision needs a reason.")},
    )
