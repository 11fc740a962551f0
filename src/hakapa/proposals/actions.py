from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hakapa.accounts import queries as people
from hakapa.accounts.models import Organisation, User
from hakapa.challenges.models import Challenge
from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs.lifecycle import State as LabState
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
        TooLateError: the lab has not begun, or was cancelled.
        PermissionDenied: the user does not lead the lab.
        ValidationError: something is missing, or a source comes from another lab.

    """
    # Held, so that a receiver invited at the same moment is asked too.
    held = Lab.objects.select_for_update(of=("self",)).get(pk=lab.pk)
    if not by.has_perm("labs.lead_lab", held):
        raise PermissionDenied
    refuse_before_the_lab(held)
    if not held.challenges.filter(pk=idea.challenge.pk).exists():
        raise ValidationError({"challenge": _("Choose one of the lab's challenges.")})
    proposal = Proposal(
        lab=held,
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


def refuse_before_the_lab(lab: Lab) -> None:
    """Let proposals grow only where a room has met.

    Raises:
        TooLateError: the lab has not begun, or was cancelled.

    """
    if lab.state not in (LabState.RUNNING, LabState.CLOSED):
        raise TooLateError("the lab has not begun")


def refuse_unless_standing(proposal: Proposal) -> None:
    """Let nothing be done with a proposal that is not put forward any more.

    Raises:
        TooLateError: the proposal was merged or withdrawn.

    """
    if proposal.state in (State.MERGED, State.WITHDRAWN):
        raise TooLateError("the proposal no longer stands")


@transaction.atomic
def improve(proposal: Proposal, *, by: User, words: Mapping[str, Any]) -> Proposal:
    """Change the wording; the earlier one stays in the history.

    Raises:
        TooLateError: the proposal was merged or withdrawn.

    """
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    refuse_unless_standing(locked)
    if not by.has_perm("proposals.improve_proposal", locked):
        raise PermissionDenied
    for name, value in words.items():
        setattr(locked, name, value)
    locked.full_clean()
    locked.save()
    record(locked, "improve", by=by, because=_because(locked, by))
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
        ValidationError: the other is not a proposal of the same lab.
        TooLateError: one of them is not open any more.

    """
    target = _held(proposal.pk, into.pk)[into.pk]
    if target.lab_id != proposal.lab_id or target.pk == proposal.pk:
        raise ValidationError({"into": _("Choose another proposal of the same lab.")})
    if target.state != State.OPEN:
        raise TooLateError("the other proposal is not open any more")
    because = _because(target, by, into=target.pk)
    merged = move(proposal, "merge", by=by, because=because, merged_into=target)
    _gather(target)
    record(target, "absorb", by=by, because=_because(target, by, proposal=merged.pk))
    return merged


@transaction.atomic
def split(proposal: Proposal, *, by: User) -> Proposal:
    """Undo a merger: the proposal stands for itself again, and takes its own sources back."""
    into = Proposal.objects.values_list("merged_into", flat=True).get(pk=proposal.pk)
    held = _held(proposal.pk, into)
    because = _because(proposal, by, **{"from": into})
    alone = move(proposal, "split", by=by, because=because, merged_into=None)
    _gather(held[into])
    return alone


def withdraw(proposal: Proposal, *, by: User, why: str) -> Proposal:
    """Take the proposal back, with the reason, while it still waits for receivers.

    Raises:
        ValidationError: no reason is given.

    """
    if not why:
        raise ValidationError({"why": _("Say why, so that others can learn.")})
    return move(proposal, "withdraw", by=by, because=_because(proposal, by, why=why))


def reopen(proposal: Proposal, *, by: User) -> Proposal:
    """Put a withdrawn proposal forward again."""
    return move(proposal, "reopen", by=by, because=_because(proposal, by))


@transaction.atomic
def follow_answers(proposal: Proposal, *, answer: str, at: datetime | None = None) -> None:
    """Let the proposal's state follow its receivers' answers.

    The answer is the move that they amount to: take_on, park, decline or wait_again; a move
    that does not start from the present state changes nothing.
    """
    current = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if any(m.name == answer and m.source == current.state for m in Proposal.lifecycle):
        move(current, answer, by=None, because=Because(at=at))


def _because(proposal: Proposal, by: User, /, **details: Any) -> Because:
    """Say for whom it is done: the host of the lab, or else where the user works."""
    return Because(people.acting_for(by, proposal.lab.host), details=details)


def _held(*ids: int | None) -> dict[int | None, Proposal]:
    """Return the proposals as they stand now, held in one order so that none waits for ever."""
    held = Proposal.objects.select_for_update(of=("self",)).order_by("pk")
    return {proposal.pk: proposal for proposal in held.filter(pk__in=list(filter(None, ids)))}


def _add_sources(
    proposal: Proposal,
    contributions: Iterable[Contribution],
    *,
    came_with: Proposal | None = None,
) -> None:
    for contribution in contributions:
        if contribution.lab_id != proposal.lab_id:
            raise ValidationError({"sources": _("A source must come from the same lab.")})
        Source.objects.get_or_create(
            proposal=proposal, contribution=contribution, defaults={"came_with": came_with}
        )


def _gather(proposal: Proposal) -> None:
    """Give the proposal its own sources and those of all that is merged into it, no others."""
    proposal.sources.filter(came_with__isnull=False).delete()
    for merged in proposal.merged.order_by("pk"):
        _add_sources(proposal, merged.contributions.all(), came_with=merged)
    if proposal.merged_into:
        _gather(proposal.merged_into)
