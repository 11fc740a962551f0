from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hakapa.accounts.models import Organisation, User
from hakapa.challenges.models import Challenge
from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs.models import Contribution, Lab
from hakapa.process.moving import Because, move, record
from hakapa.proposals.lifecycle import State
from hakapa.proposals.models import WORDING, Proposal, Source


@dataclass(frozen=True)
class Idea:
    """What is proposed, for which challenge, and by whom when that is told."""

    title: str
    first_step: str
    challenge: Challenge
    text: str = ""
    organisation: Organisation | None = None
    language: str = "sv"


@transaction.atomic
def grow(
    lab: Lab,
    idea: Idea,
    *,
    by: User,
    sources: Iterable[Contribution] = (),
    at: datetime | None = None,
) -> Proposal:
    """Make a proposal from what was written in the lab and put it before the receivers.

    Raises:
        PermissionDenied: the user does not lead the lab.
        ValidationError: something is missing, or a source comes from another lab.

    """
    if not by.has_perm("labs.lead_lab", lab):
        raise PermissionDenied
    proposal = Proposal(
        lab=lab,
        author=by,
        created=at or timezone.now(),
        **{name: getattr(idea, name) for name in (*WORDING, "challenge", "organisation")},
        language=idea.language,
    )
    proposal.full_clean()
    proposal.save()
    _add_sources(proposal, sources)
    record(proposal, "grow", by=by, because=Because(idea.organisation, at))
    return proposal


@transaction.atomic
def improve(proposal: Proposal, *, by: User, words: Mapping[str, Any]) -> Proposal:
    """Change the wording; the earlier one stays in the history.

    Raises:
        TooLateError: the proposal was merged or withdrawn.

    """
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if locked.state in (State.MERGED, State.WITHDRAWN):
        raise TooLateError("the proposal no longer stands")
    if not by.has_perm("proposals.improve_proposal", locked):
        raise PermissionDenied
    for name, value in words.items():
        setattr(locked, name, value)
    locked.full_clean()
    locked.save()
    record(locked, "improve", by=by)
    return locked


def restore(proposal: Proposal, *, wording: int, by: User) -> Proposal:
    """Bring back an earlier wording.

    Raises:
        DoesNotExist: the proposal never had that wording.

    """
    earlier = proposal.history.get(history_id=wording)
    return improve(proposal, by=by, words={name: getattr(earlier, name) for name in WORDING})


@transaction.atomic
def merge(proposal: Proposal, *, into: Proposal, by: User) -> Proposal:
    """Merge the proposal into another of the same lab, which gains all its sources.

    Raises:
        ValidationError: the other is not an open proposal of the same lab.

    """
    target = Proposal.objects.select_for_update(of=("self",)).get(pk=into.pk)
    if target.lab_id != proposal.lab_id or target.pk == proposal.pk:
        raise ValidationError(_("Choose another proposal of the same lab."))
    if target.state != State.OPEN:
        raise TooLateError("the other proposal is not open any more")
    merged = move(
        proposal,
        "merge",
        by=by,
        because=Because(details={"into": target.pk}),
        merged_into=target,
    )
    _add_sources(target, merged.contributions.all())
    record(target, "absorb", by=by, because=Because(details={"proposal": merged.pk}))
    return merged


def split(proposal: Proposal, *, by: User) -> Proposal:
    """Undo a merger: the proposal stands for itself again, with its own sources."""
    return move(
        proposal,
        "split",
        by=by,
        because=Because(details={"from": proposal.merged_into_id}),
        merged_into=None,
    )


def withdraw(proposal: Proposal, *, by: User, why: str) -> Proposal:
    """Take the proposal back, with the reason, before anyone has answered it."""
    return move(proposal, "withdraw", by=by, because=Because(details={"why": why}))


def reopen(proposal: Proposal, *, by: User) -> Proposal:
    """Put a withdrawn proposal forward again."""
    return move(proposal, "reopen", by=by)


def follow_answers(proposal: Proposal, *, answer: str, at: datetime | None = None) -> None:
    """Let the proposal's state follow its receivers' answers.

    The answer is the move that they amount to: take_on, park or decline; a move that does not
    start from the present state changes nothing.
    """
    current = Proposal.objects.get(pk=proposal.pk)
    if any(m.name == answer and m.source == current.state for m in Proposal.lifecycle):
        move(current, answer, by=None, because=Because(at=at))


def _add_sources(proposal: Proposal, contributions: Iterable[Contribution]) -> None:
    for contribution in contributions:
        if contribution.lab_id != proposal.lab_id:
            raise ValidationError(_("A source must come from the same lab."))
        Source.objects.get_or_create(proposal=proposal, contribution=contribution)
