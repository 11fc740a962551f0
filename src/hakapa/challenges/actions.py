from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from hakapa.accounts import queries as people
from hakapa.accounts.actions import units_named
from hakapa.accounts.models import Organisation, User
from hakapa.challenges.lifecycle import State
from hakapa.challenges.models import WORDING, Challenge, EffectGoal, Measurement, SharedNeed
from hakapa.kernel.lifecycle import TooLateError
from hakapa.process.moving import Because, move, record


@transaction.atomic
def start(
    *,
    by: User,
    owner: Organisation,
    words: Mapping[str, Any],
    units: Iterable[str] = (),
    at: datetime | None = None,
) -> Challenge:
    """Write a new challenge, as a draft that the owner's people see and improve.

    The departments it touches are given by name.

    Raises:
        PermissionDenied: the writer does not work for the owner.
        ValidationError: something needed is missing.

    """
    if not people.is_member(by, owner.pk):
        raise PermissionDenied
    challenge = Challenge(owner=owner, author=by, created=at or timezone.now(), **words)
    challenge.full_clean()
    challenge.save()
    challenge.units.set(units_named(owner, units))
    record(challenge, "start", by=by, because=Because(organisation=owner, at=at))
    return challenge


@transaction.atomic
def improve(
    challenge: Challenge,
    *,
    by: User,
    words: Mapping[str, Any],
    units: Iterable[str] | None = None,
) -> Challenge:
    """Change the wording or the tags; the earlier wording stays in the history."""
    locked = _locked(challenge, "improve", by=by)
    for name, value in words.items():
        setattr(locked, name, value)
    locked.full_clean()
    locked.save()
    if units is not None:
        locked.units.set(units_named(locked.owner, units))
    because = Because(people.acting_for(by, locked.owner))
    record(locked, "improve", by=by, because=because)
    return locked


def restore(challenge: Challenge, *, wording: int, by: User) -> Challenge:
    """Bring back an earlier wording; the one it replaces stays in the history.

    Raises:
        DoesNotExist: the challenge never had that wording.

    """
    earlier = challenge.history.get(history_id=wording)
    return improve(challenge, by=by, words={name: getattr(earlier, name) for name in WORDING})


def publish(challenge: Challenge, *, by: User, at: datetime | None = None) -> Challenge:
    """Open the challenge to everybody."""
    return move(challenge, "publish", by=by, because=Because(challenge.owner, at))


def close(challenge: Challenge, *, by: User, why: str, at: datetime | None = None) -> Challenge:
    """Say that nothing more is asked for, and why."""
    return move(challenge, "close", by=by, because=Because(challenge.owner, at, {"why": why}))


def reopen(challenge: Challenge, *, by: User) -> Challenge:
    """Ask again."""
    return move(challenge, "reopen", by=by, because=Because(challenge.owner))


def enter_lab(challenge: Challenge, *, at: datetime | None = None) -> None:
    """Follow the lab that takes up the challenge, unless it has already come further."""
    _follow(challenge, "enter_lab", at=at)


def take_in_hand(challenge: Challenge, *, at: datetime | None = None) -> None:
    """Follow the first promise to act, unless the challenge is in hand or closed."""
    _follow(challenge, "take_in_hand", at=at)


@transaction.atomic
def _follow(challenge: Challenge, name: str, *, at: datetime | None) -> None:
    held = Challenge.objects.select_for_update(of=("self",)).get(pk=challenge.pk)
    if any(step.name == name and step.source == held.state for step in Challenge.lifecycle):
        move(held, name, by=None, because=Because(at=at))


@transaction.atomic
def set_goal(
    challenge: Challenge, *, by: User, at: datetime | None = None, **goal: Any
) -> EffectGoal:
    """Say what should become different and how it is counted; replaces an earlier goal."""
    locked = _locked(challenge, "measure", by=by)
    effect = EffectGoal.objects.filter(challenge=locked).first() or EffectGoal(challenge=locked)
    for name, value in goal.items():
        setattr(effect, name, value)
    effect.full_clean()
    effect.save()
    record(locked, "set_goal", by=by, because=Because(locked.owner, at))
    return effect


@transaction.atomic
def measure(
    challenge: Challenge, *, by: User, at: datetime | None = None, **reading: Any
) -> Measurement:
    """Write down what the measure says on a later day.

    Raises:
        TooLateError: the challenge has no goal to measure.
        ValidationError: that day already has a value.

    """
    locked = _locked(challenge, "measure", by=by)
    goal = EffectGoal.objects.filter(challenge=locked).first()
    if goal is None:
        raise TooLateError("the challenge has no effect goal")
    measurement = Measurement(goal=goal, **reading)
    measurement.full_clean()
    measurement.save()
    record(locked, "measure", by=by, because=Because(locked.owner, at))
    return measurement


@transaction.atomic
def read_measure(
    challenge: Challenge,
    *,
    value: Decimal,
    note: str,
    organisation: Organisation,
    at: datetime | None = None,
) -> Measurement:
    """Write down what the measure says today, as the organisation tells in a report.

    Whoever calls has checked that the teller may report.

    Raises:
        TooLateError: the challenge has no goal to measure.
        ValidationError: the day already has a value, or is not after the first value's.

    """
    goal = EffectGoal.objects.filter(challenge=challenge).first()
    if goal is None:
        raise TooLateError("the challenge has no effect goal")
    day = timezone.localdate(at or timezone.now())
    measurement = Measurement(goal=goal, value=value, note=note, measured_on=day)
    measurement.full_clean()
    measurement.save()
    record(challenge, "measure", by=None, because=Because(organisation, at))
    return measurement


@transaction.atomic
def share_need(
    challenge: Challenge,
    *,
    by: User,
    organisation: Organisation,
    note: str = "",
    at: datetime | None = None,
) -> SharedNeed:
    """Say that the organisation has the challenge too; saying it twice changes the note.

    Raises:
        PermissionDenied: the user does not work there, or it owns the challenge.

    """
    locked = _locked(challenge, "share", by=by)
    if not people.is_member(by, organisation.pk) or organisation.pk == locked.owner_id:
        raise PermissionDenied
    shared, _ = SharedNeed.objects.update_or_create(
        challenge=locked,
        organisation=organisation,
        defaults={"note": note},
        create_defaults={"note": note, "since": at or timezone.now()},
    )
    record(locked, "share_need", by=by, because=Because(organisation, at))
    return shared


@transaction.atomic
def withdraw_need(challenge: Challenge, *, by: User, organisation: Organisation) -> None:
    """Take back that the organisation has the challenge too."""
    locked = _locked(challenge, "share", by=by)
    if not people.is_member(by, organisation.pk):
        raise PermissionDenied
    if SharedNeed.objects.filter(challenge=locked, organisation=organisation).delete()[0]:
        record(locked, "withdraw_need", by=by, because=Because(organisation))


def refuse_when_closed(challenge: Challenge) -> None:
    """Let nothing be changed any more.

    Raises:
        TooLateError: the challenge is closed.

    """
    if challenge.state == State.CLOSED:
        raise TooLateError("the challenge is closed")


def _locked(challenge: Challenge, right: str, *, by: User) -> Challenge:
    """Return the challenge as it stands now, held until the transaction ends.

    Raises:
        TooLateError: it is closed.
        PermissionDenied: the user has not the right.

    """
    locked = Challenge.objects.select_for_update(of=("self",)).get(pk=challenge.pk)
    refuse_when_closed(locked)
    if not by.has_perm(f"challenges.{right}_challenge", locked):
        raise PermissionDenied
    return locked
