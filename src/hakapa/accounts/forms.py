from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.accounts.models import Organisation, OrganisationKind, Role, User
from hakapa.kernel.forms import DayInput, PlainForm, PlainModelForm


class OrganisationForm(PlainModelForm):
    """A new organisation, with its population when it has one."""

    inhabitants = forms.IntegerField(
        label=_("Inhabitants"), min_value=0, max_value=1_000_000_000, required=False
    )
    as_of = forms.DateField(label=_("As of"), widget=DayInput, required=False)
    source = forms.CharField(
        label=_("Source"), max_length=200, required=False, help_text=_("For example SCB.")
    )
    administrator = forms.EmailField(
        label=_("The first administrator's e-mail address"),
        help_text=_("Somebody who has signed up already."),
    )

    class Meta:
        model = Organisation
        fields = ("kind", "name", "code", "county")

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        told = [cleaned.get(name) not in (None, "") for name in ("inhabitants", "as_of", "source")]
        if any(told) and not all(told):
            self.add_error("inhabitants", _("A population needs its day and its source."))
        if Organisation.objects.filter(name=cleaned.get("name", "")).exists():
            self.add_error("name", _("There is already an organisation of that name."))
        code, kind = cleaned.get("code"), cleaned.get("kind")
        if code and Organisation.objects.filter(kind=kind, code=code).exists():
            self.add_error("code", _("There is already an organisation with that code."))
        address = cleaned.get("administrator", "").lower()
        if address and not User.objects.filter(email=address).exists():
            self.add_error("administrator", _("Nobody with that address has an account."))
        return cleaned


class MemberForm(PlainForm):
    """Who works here, in which role."""

    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        help_text=_(
            "A member writes and improves. An officer also makes promises for the organisation. "
            "An administrator also decides who works here."
        ),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=100,
        required=False,
        help_text=_("Shown in public instead of a name, for example “digital strategist”."),
    )


class MeForm(PlainModelForm):
    """What a person tells about themselves."""

    class Meta:
        model = User
        fields = ("name",)


class FilterForm(forms.Form):
    """What narrows the list of organisations."""

    use_required_attribute = False
    words = forms.CharField(label=_("Name"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *OrganisationKind.choices]
    )
