"""What commitments do when an earlier step moves: ask the receivers."""

from typing import Any

from django.dispatch import receiver

from hakapa.commitments import actions
from hakapa.commitments.models import Commitment
from hakapa.labs.models import Lab
from hakapa.labs.models import Receiver as Invited
from hakapa.process.models import Event
from hakapa.process.moving import happened
from hakapa.proposals.models import Proposal
from hakapa.proposals.queries import STANDING


@receiver(happened, sender=Proposal)
def ask_the_receivers(event: Event, thing: Proposal, **_: Any) -> None:
    """Put a new proposal, or one that stands for itself again, before those invited."""
    if event.move in ("grow", "split", "reopen"):
        for invited in thing.lab.receivers.prefetch_related("challenges"):
            _ask(invited, thing, event)
        actions.follow(thing, at=event.at)


@receiver(happened, sender=Proposal)
def ask_about_the_whole(event: Event, thing: Proposal, **_: Any) -> None:
    """Put a proposal that absorbed another before those who were asked about the other."""
    if event.move == "absorb":
        asked = Commitment.objects.filter(proposal=event.details["proposal"])
        for commitment in asked.select_related("receiver"):
            actions.ask(thing, receiver=commitment.receiver, role=commitment.role, at=event.at)


@receiver(happened, sender=Lab)
def ask_a_new_receiver(event: Event, thing: Lab, **_: Any) -> None:
    """Put the proposals that there are before a receiver invited later."""
    if event.move == "invite":
        invited = thing.receivers.get(organisation=event.organisation)
        for proposal in thing.proposals.filter(STANDING):
            _ask(invited, proposal, event)
            actions.follow(proposal, at=event.at)


def _ask(invited: Invited, proposal: Proposal, event: Event) -> None:
    answers_for = {challenge.pk for challenge in invited.challenges.all()}
    if not answers_for or proposal.challenge_id in answers_for:
        actions.ask(proposal, receiver=invited.organisation, role=invited.role, at=event.at)
