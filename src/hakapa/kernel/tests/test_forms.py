from datetime import date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.contrib.auth.models import Group
from django.utils import translation

from hakapa.kernel.forms import DayInput, KronorField, MomentInput, PlainForm, PlainModelForm


class Letter(PlainForm):
    subject = forms.CharField(required=False)
    body = forms.CharField(required=False)
    pages = forms.IntegerField(required=False)


class GroupForm(PlainModelForm):
    class Meta:
        model = Group
        fields = ("name",)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("142000", 14_200_000),
        ("142 000 kr", 14_200_000),
        ("142\u00a0000kr", 14_200_000),
        ("1 234,50", 123_450),
        ("1234.5", 123_450),
        ("0", 0),
        (Decimal("1.5"), 150),
    ],
)
def test_kronor_are_understood_as_people_write_them(written, amount):
    assert KronorField().clean(written) == amount


@pytest.mark.parametrize("written", ["-1", "1,234", "mycket", "1e", "NaN", "Infinity", "9" * 13])
def test_what_is_no_amount_is_refused(written):
    with pytest.raises(forms.ValidationError):
        KronorField().clean(written)


def test_an_amount_may_be_left_out_when_it_may():
    assert KronorField(required=False).clean("") is None
    with pytest.raises(forms.ValidationError):
        KronorField().clean("")


def test_kept_ore_are_shown_as_kronor_and_wrong_writing_as_written():
    field = KronorField()

    with translation.override("en"):
        assert field.prepare_value(123_450) == "1234.50"
    with translation.override("sv"):
        assert field.prepare_value(123_450) == "1234,50"
        assert field.clean(field.prepare_value(123_450)) == 123_450
    assert field.prepare_value(14_200_000) == "142000"
    assert field.prepare_value("mycket") == "mycket"
    assert field.prepare_value(None) is None


def test_an_amount_is_asked_for_as_words_so_that_a_browser_lets_spaces_through():
    assert KronorField().widget.input_type == "text"
    assert KronorField().widget.attrs["inputmode"] == "decimal"


def test_a_form_of_words_tidies_them():
    form = Letter({"subject": " a\u030a\u200b ", "body": "ord", "pages": "3"})

    assert form.is_valid()
    assert form.cleaned_data == {"subject": "å", "body": "ord", "pages": 3}


def test_an_endless_word_is_refused_beside_its_field_and_kept_as_written():
    endless = "a" * 81
    form = Letter({"subject": endless, "body": "ord"})

    assert not form.is_valid()
    assert list(form.errors) == ["subject"]
    assert form["subject"].value() == endless
    assert form.cleaned_data == {"body": "ord", "pages": None}


def test_what_nobody_can_see_is_nothing_written():
    class Short(PlainForm):
        why = forms.CharField()
        note = forms.CharField(required=False)

    form = Short({"why": " \u200b ", "note": "\u200b"})

    assert list(form.errors) == ["why"]
    assert form.cleaned_data == {"note": ""}


@pytest.mark.django_db
def test_a_form_of_a_model_tidies_and_leaves_the_thing_alone():
    group = Group(name="förr")
    form = GroupForm({"name": " Äldre \u200b"}, instance=group)

    assert form.is_valid()
    assert form.cleaned_data == {"name": "Äldre"}
    assert group.name == "förr"


@pytest.mark.django_db
def test_a_form_of_a_model_refuses_endless_words():
    form = GroupForm({"name": "a" * 81})

    assert not form.is_valid()
    assert list(form.errors) == ["name"]
    assert form.cleaned_data == {}


def test_a_day_and_a_moment_use_the_browsers_calendar():
    assert DayInput().render("d", date(2026, 3, 16)) == (
        '<input type="date" name="d" value="2026-03-16">'
    )
    assert MomentInput().render("m", datetime(2026, 3, 16, 13, 5)) == (  # noqa: DTZ001
        '<input type="datetime-local" name="m" value="2026-03-16T13:05">'
    )
