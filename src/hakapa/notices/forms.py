from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from hakapa.kernel.forms import PlainForm
from hakapa.notices import outside
from hakapa.notices.kinds import Chosen, Kind, Pace
from hakapa.notices.models import Reader
from hakapa.notices.models.reading import Weekday
from hakapa.notices.queries import preferences_of


class ChoosingForm(PlainForm):
    """How a reader wants to be told: for each kind, by mail and in the bell."""

    def __init__(self, sent: QueryDict | None, *, reader: Reader) -> None:
        self.reader = reader
        chosen = preferences_of(reader)
        initial = {"weekday": reader.weekday, "language": reader.language}
        for kind, wish in chosen.items():
            initial |= {f"mail_{kind}": wish.mail, f"bell_{kind}": wish.bell}
        super().__init__(sent, initial=initial)
        self.kinds = [kind for kind in Kind if reader.account_id or kind in _FOR_ALL]
        for kind in self.kinds:
            self.fields[f"mail_{kind}"] = forms.ChoiceField(label=kind.label, choices=Pace.choices)
            if reader.account_id:
                self.fields[f"bell_{kind}"] = forms.BooleanField(
                    label=_("show in the bell"), required=False
                )
        self.fields["weekday"] = forms.TypedChoiceField(
            label=_("Day of the weekly summary"),
            choices=Weekday.choices,
            coerce=int,
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the mails"), choices=settings.LANGUAGES
        )

    def rows(self) -> list[dict[str, Any]]:
        """Return the fields of each kind, side by side as they are read."""
        return [
            {
                "name": kind.label,
                "mail": self[f"mail_{kind}"],
                "bell": self[f"bell_{kind}"] if self.reader.account_id else None,
            }
            for kind in self.kinds
        ]

    def chosen(self) -> dict[Kind, Chosen]:
        """Return what was chosen for each kind."""
        said = self.cleaned_data
        return {
            kind: Chosen(Pace(said[f"mail_{kind}"]), said.get(f"bell_{kind}", True))
            for kind in self.kinds
        }


# What somebody without an account may be told of.
_FOR_ALL = (Kind.PROMISE, Kind.CHALLENGE, Kind.LAB)


class AddressForm(PlainForm):
    """Where mail shall go to somebody without an account."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("You get a mail first, in which you say that it was you."),
    )


class WebhookForm(PlainForm):
    """The address of an organisation's own system."""

    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("It begins with https and can be reached from the internet."),
    )

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "url" in cleaned:
            try:
                outside.checked(cleaned["url"])
            except outside.NotOutsideError as error:
                raise ValidationError(
                    _("That address cannot be used. It must be https and lead to the internet.")
                ) from error
        return cleaned
