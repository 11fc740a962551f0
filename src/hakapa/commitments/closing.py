"""Who has answered when a lab is closed."""

from hakapa.commitments.lifecycle import State
from hakapa.commitments.models import Commitment
from hakapa.labs.closing import tells_who_answered
from hakapa.labs.models import Lab
from hakapa.proposals.lifecycle import State as ProposalState


@tells_who_answered
def answered(lab: Lab) -> set[int]:
    """Return the organisations that were asked about the lab's proposals and owe no answer."""
    gone = (ProposalState.MERGED, ProposalState.WITHDRAWN)
    asked = Commitment.objects.filter(proposal__lab=lab).exclude(proposal__state__in=gone)
    owing = asked.filter(state=State.ASKED).values_list("receiver", flat=True)
    return set(asked.values_list("receiver", flat=True)) - set(owing)
