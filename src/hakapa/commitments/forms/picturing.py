from django import forms
from django.utils.translation import gettext_lazy as _

from hakapa.commitments.models import Picture
from hakapa.kernel.forms import PlainModelForm
from hakapa.kernel.pictures import PictureField


class PictureForm(PlainModelForm):
    """A picture and its words; both or, where it may be left empty, neither."""

    use_required_attribute = False
    picture = PictureField(
        label=_("Picture"),
        help_text=_(
            "JPEG, PNG or WebP. Where and when it was taken is removed. Show nobody who has not "
            "agreed to it."
        ),
        error_messages={"required": _("Choose a picture.")},
    )
    field_order = ("picture", "description")

    class Meta:
        model = Picture
        fields = ("description",)
        widgets = {"description": forms.TextInput}
        error_messages = {
            "description": {"required": _("Say what the picture shows, in a few words.")}
        }

    def ask_again(self) -> None:
        """Say that a good picture was not kept, since something beside it is still missing."""
        if self.is_bound and self.cleaned_data.get("picture"):
            self.add_error("picture", _("Choose the picture again; browsers do not keep it."))
