"""What a proposal comes from, as steps: the challenge, the lab, the notes, what was merged in."""

from django.utils.translation import gettext as _

from hakapa.charts.lineage import Step
from hakapa.proposals.models import Proposal

CHALLENGE, LAB, NOTE, PROPOSAL = range(4)


def key_of(proposal: Proposal) -> str:
    """Return the key by which later steps name the proposal."""
    return f"proposal-{proposal.pk}"


def steps_to(proposal: Proposal) -> list[Step]:
    """Return the steps that led to the proposal, with the proposal last."""
    notes = [
        Step(f"note-{note.pk}", note.text, NOTE, ("lab",)) for note in proposal.contributions.all()
    ]
    merged = [
        Step(key_of(other), _("Merged: %(title)s") % {"title": other}, NOTE, ("lab",))
        for other in proposal.merged.all()
    ]
    origins = tuple(step.key for step in (*notes, *merged)) or ("lab",)
    return [
        Step("challenge", str(proposal.challenge), CHALLENGE, tone="sea"),
        Step("lab", str(proposal.lab), LAB, ("challenge",), tone="sea"),
        *notes,
        *merged,
        Step(key_of(proposal), proposal.title, PROPOSAL, origins, tone="sea", is_here=True),
    ]
