from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from hakapa.accounts.models import AnyUser
from hakapa.challenges.models import Challenge
from hakapa.kernel.forms import PlainForm, PlainModelForm
from hakapa.labs import queries as labs
from hakapa.labs.models import Choice, Contribution, Lab
from hakapa.proposals import queries
from hakapa.proposals.lifecycle import State
from hakapa.proposals.models import WORDING, Proposal

OFFERED = 60  # contributions to choose among on one page, the most agreed with first


class WordingForm(PlainModelForm):
    """The words of a proposal."""

    class Meta:
        model = Proposal
        fields: tuple[str, ...] = ("title", "first_step", "text")
        widgets = {
            "first_step": forms.Textarea({"rows": 2}),
            "text": forms.Textarea({"rows": 5}),
        }

    @property
    def words(self) -> dict[str, Any]:
        """What the actions take as the proposal's wording."""
        return {name: self.cleaned_data[name] for name in WORDING}


class ProposalForm(WordingForm):
    """A new proposal: its words, for which challenge, by whom, and what it grew from."""

    sources = forms.ModelMultipleChoiceField(
        Contribution.objects.none(),
        label=_("What does it grow from?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What was written in the lab stays with the proposal as its source."),
    )

    class Meta(WordingForm.Meta):
        fields = ("title", "first_step", "text", "challenge", "organisation")

    def __init__(
        self, *args: Any, user: AnyUser, lab: Lab, chosen: Collection[int] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        written = labs.contributions_visible_to(user).filter(lab=lab)
        sources, challenge = self.fields["sources"], self.fields["challenge"]
        sources.queryset = written  # type: ignore[attr-defined]
        sources.choices = _offered(written, chosen)  # type: ignore[attr-defined]
        challenge.queryset = lab.challenges.all()  # type: ignore[attr-defined]
        challenge.empty_label = None  # type: ignore[attr-defined]
        proposers = self.fields["organisation"]
        proposers.queryset = queries.proposers(lab)  # type: ignore[attr-defined]
        proposers.empty_label = _("not told")  # type: ignore[attr-defined]
        self.initial.setdefault("sources", list(chosen))
        of = [c.challenge_id for c in written.filter(pk__in=chosen) if c.challenge_id]
        if of:
            self.initial.setdefault("challenge", of[0])


class MergeForm(PlainForm):
    """Into which proposal another goes."""

    into = forms.ModelChoiceField(
        Proposal.objects.none(),
        label=_("Into which proposal?"),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_("The one you choose keeps its words and gains all the sources of this one."),
    )

    def __init__(self, *args: Any, proposal: Proposal, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].queryset = queries.mergeable_with(proposal)  # type: ignore[attr-defined]


class WithdrawForm(PlainForm):
    """Why a proposal is taken back."""

    why = forms.CharField(
        label=_("Why is the proposal taken back?"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One sentence. It is shown in the history, so that others can learn."),
    )


class FilterForm(forms.Form):
    """What narrows the list of proposals."""

    use_required_attribute = False
    words = forms.CharField(label=_("Words"), required=False, max_length=100)
    challenge = forms.ModelChoiceField(
        Challenge.objects.none(), label=_("Challenge"), required=False, empty_label=_("all")
    )
    lab = forms.ModelChoiceField(
        Lab.objects.none(), label=_("Lab"), required=False, empty_label=_("all")
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all that stand")), *State.choices]
    )

    def __init__(self, *args: Any, user: AnyUser, **options: Any) -> None:
        super().__init__(*args, **options)
        visible = queries.visible_to(user).order_by()
        challenges = Challenge.objects.filter(pk__in=visible.values("challenge"))
        self.fields["challenge"].queryset = challenges  # type: ignore[attr-defined]
        labs_with = Lab.objects.filter(pk__in=visible.values("lab"))
        self.fields["lab"].queryset = labs_with  # type: ignore[attr-defined]

    @property
    def choice(self) -> queries.Choice:
        """What the visitor chose; a choice that does not exist narrows nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        challenge, lab = chosen.get("challenge"), chosen.get("lab")
        return queries.Choice(
            words=chosen.get("words", ""),
            state=chosen.get("state", ""),
            challenge=challenge.pk if challenge else None,
            lab=lab.pk if lab else None,
        )


def _offered(written: Any, chosen: Collection[int]) -> list[tuple[int, str]]:
    """Return the contributions to choose among: those chosen, then the most agreed with."""
    agreed = Count("votes", filter=Q(votes__value=Choice.AGREE))
    first = written.filter(pk__in=list(chosen)[:OFFERED])
    most = written.annotate(agreed=agreed).order_by("-agreed", "pk")[:OFFERED]
    offered = {c.pk: c for c in (*first, *most)}
    return [(pk, _told(contribution)) for pk, contribution in offered.items()]


def _told(contribution: Contribution) -> str:
    notes = [
        str(contribution.get_kind_display()),
        contribution.place,
        str(contribution.organisation or ""),
    ]
    return f"{contribution.text} ({' · '.join(note for note in notes if note)})"
