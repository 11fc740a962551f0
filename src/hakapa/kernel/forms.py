"""What every form does with what people write."""

from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from typing_extensions import override

from hakapa.kernel import money
from hakapa.kernel.text import refuse_endless_words, tidy


class KronorField(forms.DecimalField):
    """An amount written in kronor, as people write it, and kept in whole öre."""

    # Not a number's widget: a browser would refuse “1 200 000 kr” before we could read it.
    widget = forms.TextInput({"inputmode": "decimal"})

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=14, decimal_places=2, **options)
        self.validators.append(MinValueValidator(0))

    @override
    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "".join(value.split()).removesuffix("kr")
            value = value.replace(",", ".")
        return super().to_python(value)

    @override
    def clean(self, value: Any) -> int | None:
        kronor = super().clean(value)
        return None if kronor is None else money.ore(kronor)

    @override
    def prepare_value(self, value: Any) -> Any:
        return money.as_typed(value) if isinstance(value, int) else value


def tidy_words(cleaned: dict[str, Any], form: forms.BaseForm) -> None:
    """Tidy every text of the cleaned form and refuse words that would break a page."""
    for name, value in cleaned.items():
        if isinstance(value, str):
            cleaned[name] = tidy(value)
            if value and not cleaned[name] and form.fields[name].required:
                form.add_error(name, form.fields[name].error_messages["required"])
            try:
                refuse_endless_words(cleaned[name])
            except forms.ValidationError as error:
                form.add_error(name, error)


class PlainForm(forms.Form):
    """A form of words: tidied, and refused when no page could show them."""

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = dict(super().clean() or self.cleaned_data)
        tidy_words(cleaned, self)
        return {name: value for name, value in cleaned.items() if name not in self.errors}


class PlainModelForm(forms.ModelForm[Any]):
    """The same for a form that a model describes; actions save, never the form."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kept = {field.name: field for field in self._meta.model._meta.fields}
        for name in self.fields.keys() & kept.keys():
            known = self.fields[name].validators
            known.extend(check for check in kept[name].validators if check not in known)

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = dict(super().clean() or self.cleaned_data)
        tidy_words(cleaned, self)
        return {name: value for name, value in cleaned.items() if name not in self.errors}

    def _post_clean(self) -> None:
        """Leave the model alone: the action checks it whole."""


class DayInput(forms.DateInput):
    """A date from the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A date and a time from the browser's own calendar."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")
