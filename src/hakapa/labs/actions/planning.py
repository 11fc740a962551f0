from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hakapa.accounts import queries as people
from hakapa.accounts.models import Organisation, User
from hakapa.challenges import actions as challenge_actions
from hakapa.challenges.lifecycle import State as ChallengeState
from hakapa.challenges.models import Challenge
from hakapa.labs import formats
from hakapa.labs.actions.holding import BEFORE_IT_BEGINS, led
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab, Phase, Receiver
from hakapa.process.moving import Because, move, record


@dataclass(frozen=True)
class Plan:
    """What a lab is planned from."""

    title: str
    template: str
    host: Organisation
    starts_at: datetime
    challenges: Iterable[Challenge]
    leaders: Iterable[Organisation] = ()
    purpose: str = ""
    place: str = ""
    language: str = "sv"
    is_moderated: bool = False
    by_personal_codes: bool = False
    open_until: datetime | None = None


_WORDS = (
    "title", "purpose", "template", "starts_at", "place", "language", "is_moderated",
    "by_personal_codes", "open_until",
)  # fmt: skip


@transaction.atomic
def plan(plan: Plan, *, by: User, at: datetime | None = None) -> Lab:
    """Plan a lab from a template; its phases become the lab's own run sheet.

    Raises:
        PermissionDenied: the planner does not work for the host.
        KeyError: no such template.

    """
    if not people.is_member(by, plan.host.pk):
        raise PermissionDenied
    lab = Lab(host=plan.host, created=at or timezone.now())
    _write(lab, plan)
    _write_run_sheet(lab, formats.template(plan.template))
    record(lab, "plan", by=by, because=Because(plan.host, at))
    return lab


@transaction.atomic
def change(lab: Lab, *, by: User, plan: Plan) -> Lab:
    """Change a lab that has not begun; another template writes a new run sheet.

    The host stays the same. Challenges that join a published lab follow into it.

    Raises:
        ValidationError: somebody has a seat already, by the other kind of code.

    """
    locked = led(lab, by=by, states=BEFORE_IT_BEGINS)
    if locked.by_personal_codes != plan.by_personal_codes and locked.participants.exists():
        raise ValidationError(
            {"by_personal_codes": _("Somebody has a seat already, so the kind of code stays.")}
        )
    new_sheet = locked.template != plan.template
    _write(locked, plan)
    if new_sheet:
        locked.phases.all().delete()
        _write_run_sheet(locked, formats.template(plan.template))
    if locked.state == State.PUBLISHED:
        _take_along_challenges(locked)
    record(locked, "change", by=by)
    return locked


@transaction.atomic
def invite(
    lab: Lab,
    *,
    by: User,
    organisation: Organisation,
    role: str = "",
    challenges: Iterable[Challenge] = (),
    at: datetime | None = None,
) -> Receiver:
    """Invite an organisation to answer what the lab proposes, for some challenges or for all.

    Raises:
        ValidationError: one of the challenges is not the lab's.

    """
    locked = led(lab, by=by, states=(*BEFORE_IT_BEGINS, State.RUNNING))
    chosen = list(challenges)
    if locked.challenges.filter(pk__in=[c.pk for c in chosen]).count() != len(chosen):
        raise ValidationError({"challenges": _("Choose among the lab's own challenges.")})
    receiver, _created = Receiver.objects.update_or_create(
        lab=locked, organisation=organisation, defaults={"role": role}
    )
    receiver.challenges.set(chosen)
    record(locked, "invite", by=by, because=Because(organisation, at))
    return receiver


@transaction.atomic
def uninvite(lab: Lab, *, by: User, organisation: Organisation) -> None:
    """Take back an invitation, while the lab has not begun.

    Raises:
        ValidationError: a published lab would be left without a receiver.

    """
    locked = led(lab, by=by, states=BEFORE_IT_BEGINS)
    locked.receivers.filter(organisation=organisation).delete()
    if locked.state == State.PUBLISHED:
        _refuse_without_receiver(locked)
    record(locked, "uninvite", by=by, because=Because(organisation))


@transaction.atomic
def publish(lab: Lab, *, by: User, at: datetime | None = None) -> Lab:
    """Open the lab for joining, and let its challenges follow into it.

    Raises:
        ValidationError: nobody is invited who will answer what is proposed, or one of the
            challenges is still a draft.

    """
    at = at or timezone.now()
    published = move(lab, "publish", by=by, because=Because(lab.host, at), announced_at=at)
    _refuse_without_receiver(published)
    _take_along_challenges(published, at)
    return published


def _refuse_drafts(lab: Lab) -> None:
    """Keep what is still a draft in its owner's workspace out of the open."""
    if lab.challenges.filter(state=ChallengeState.DRAFT).exists():
        raise ValidationError(_("Open the challenge first: it is still a draft."))


def cancel(lab: Lab, *, by: User, why: str) -> Lab:
    """Call off a lab that has not begun, with the reason."""
    return move(lab, "cancel", by=by, because=Because(lab.host, details={"why": why}))


def _write(lab: Lab, plan: Plan) -> None:
    for name in _WORDS:
        setattr(lab, name, getattr(plan, name))
    if plan.open_until and plan.open_until <= plan.starts_at:
        raise ValidationError({"open_until": _("It must end after it starts.")})
    lab.full_clean()
    lab.save()
    lab.leaders.set(plan.leaders)
    lab.challenges.set(plan.challenges)


def _write_run_sheet(lab: Lab, template: formats.LabTemplate) -> None:
    Phase.objects.bulk_create(
        Phase(
            lab=lab,
            position=position,
            key=phase.key,
            name_sv=phase.name.sv,
            name_en=phase.name.en,
            purpose_sv=phase.purpose.sv,
            purpose_en=phase.purpose.en,
            minutes=phase.minutes,
            mode=phase.mode,
            captures=list(phase.captures),
            prompts_sv=[prompt.sv for prompt in phase.prompts],
            prompts_en=[prompt.en for prompt in phase.prompts],
            ballot=phase.ballot,
            dots=phase.dots,
            weighs=list(phase.weighs),
        )
        for position, phase in enumerate(template.phases, start=1)
    )


def _refuse_without_receiver(lab: Lab) -> None:
    if not lab.receivers.exists():
        raise ValidationError(
            _("Invite at least one receiver first: somebody must answer what the room proposes.")
        )


def _take_along_challenges(lab: Lab, at: datetime | None = None) -> None:
    _refuse_drafts(lab)
    for challenge in lab.challenges.all():
        challenge_actions.enter_lab(challenge, at=at)
