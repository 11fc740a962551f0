from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hakapa.accounts.models import AnyUser, Organisation
from hakapa.challenges.models import Challenge
from hakapa.commitments import queries
from hakapa.commitments.standing import Standing
from hakapa.labs.models import Lab


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


class CountyForm(forms.Form):
    """Whose records are shown: everybody's, or a county's."""

    use_required_attribute = False
    lan = forms.ChoiceField(label=_("County"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        counties = [(county, county) for county in queries.counties()]
        self.fields["lan"].choices = [("", _("all")), *counties]  # type: ignore[attr-defined]

    @property
    def county(self) -> str:
        """The county chosen; one that does not exist narrows nothing."""
        self.is_valid()
        return str(self.cleaned_data.get("lan", ""))
