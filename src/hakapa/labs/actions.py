from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hakapa.accounts import queries as people
from hakapa.accounts.models import Organisation, User
from hakapa.challenges import actions as challenge_actions
from hakapa.challenges.models import Challenge
from hakapa.kernel.lifecycle import TooLateError
from hakapa.labs import formats, queries
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Contribution, Kind, Lab, Participant, Phase, Receiver, Vote
from hakapa.process.moving import Because, move, record

REPORT_BACK_AFTER = timedelta(days=90)


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


@transaction.atomic
def plan(plan: Plan, *, by: User, at: datetime | None = None) -> Lab:
    """Plan a lab from a template; its phases become the lab's own run sheet.

    Raises:
        PermissionDenied: the planner does not work for the host.
        KeyError: no such template.

    """
    if not people.is_member(by, plan.host.pk):
        raise PermissionDenied
    lab = Lab(
        title=plan.title,
        purpose=plan.purpose,
        template=plan.template,
        host=plan.host,
        starts_at=plan.starts_at,
        place=plan.place,
        language=plan.language,
        created=at or timezone.now(),
    )
    lab.full_clean()
    lab.save()
    lab.leaders.set(plan.leaders)
    lab.challenges.set(plan.challenges)
    _write_run_sheet(lab, formats.template(plan.template))
    record(lab, "plan", by=by, because=Because(plan.host, at))
    return lab


@transaction.atomic
def change(lab: Lab, *, by: User, plan: Plan) -> Lab:
    """Change a lab that has not begun; another template writes a new run sheet."""
    locked = _led(lab, by=by)
    if locked.state not in (State.PLANNED, State.PUBLISHED):
        raise TooLateError("the lab has begun")
    if locked.template != plan.template:
        locked.phases.all().delete()
        _write_run_sheet(locked, formats.template(plan.template))
    for name in ("title", "purpose", "template", "starts_at", "place", "language"):
        setattr(locked, name, getattr(plan, name))
    locked.full_clean()
    locked.save()
    locked.leaders.set(plan.leaders)
    locked.challenges.set(plan.challenges)
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
) -> Receiver:
    """Invite an organisation to answer what the lab proposes, for some challenges or for all."""
    locked = _led(lab, by=by)
    if locked.state == State.CLOSED:
        raise TooLateError("the lab is closed")
    receiver, _created = Receiver.objects.update_or_create(
        lab=locked, organisation=organisation, defaults={"role": role}
    )
    receiver.challenges.set(challenges)
    record(locked, "invite", by=by, because=Because(organisation))
    return receiver


@transaction.atomic
def uninvite(lab: Lab, *, by: User, organisation: Organisation) -> None:
    """Take back an invitation, while the lab has not begun.

    Raises:
        ValidationError: a published lab would be left without a receiver.

    """
    locked = _led(lab, by=by)
    if locked.state not in (State.PLANNED, State.PUBLISHED):
        raise TooLateError("the lab has begun")
    locked.receivers.filter(organisation=organisation).delete()
    if locked.state == State.PUBLISHED:
        _refuse_without_receiver(locked)
    record(locked, "uninvite", by=by, because=Because(organisation))


@transaction.atomic
def publish(lab: Lab, *, by: User, at: datetime | None = None) -> Lab:
    """Open the lab for joining, and let its challenges follow into it.

    Raises:
        ValidationError: nobody is invited who will answer what is proposed.

    """
    _refuse_without_receiver(lab)
    published = move(lab, "publish", by=by, because=Because(lab.host, at))
    for challenge in published.challenges.all():
        challenge_actions.enter_lab(challenge, at=at)
    return published


@transaction.atomic
def start(lab: Lab, *, by: User, at: datetime | None = None) -> Lab:
    """Begin the lab with its first phase."""
    started = move(lab, "start", by=by, because=Because(lab.host, at))
    _enter(started.phases.first(), at or timezone.now())
    return started


@transaction.atomic
def step(lab: Lab, *, by: User, leave: int, back: bool = False) -> Phase | None:
    """Go from the phase at the position `leave` to the next, or back to the one before.

    Two lab leaders who press at once take one step: the second leaves a phase already left.

    Raises:
        TooLateError: the lab is not running.

    """
    locked = _led(lab, by=by)
    if locked.state != State.RUNNING:
        raise TooLateError("the lab is not running")
    now = queries.current_phase(locked)
    if now is None or now.position != leave:
        return now
    target = locked.phases.filter(position=leave + (-1 if back else 1)).first()
    if target is None:
        return now
    now.ended_at = timezone.now()
    now.save(update_fields=["ended_at"])
    _enter(target, timezone.now())
    record(locked, "step", by=by, because=Because(details={"to": target.position}))
    return target


@transaction.atomic
def close(lab: Lab, *, by: User, at: datetime | None = None) -> Lab:
    """End the lab; from now on nothing is added and everything is a report."""
    at = at or timezone.now()
    lab.phases.filter(started_at__isnull=False, ended_at__isnull=True).update(ended_at=at)
    return move(
        lab,
        "close",
        by=by,
        because=Because(lab.host, at),
        report_back_on=lab.report_back_on or (at + REPORT_BACK_AFTER).date(),
    )


def resume(lab: Lab, *, by: User) -> Lab:
    """Take up a lab that was closed too early, in its last phase."""
    with transaction.atomic():
        resumed = move(lab, "resume", by=by, because=Because(lab.host))
        _enter(resumed.phases.last(), timezone.now())
    return resumed


def cancel(lab: Lab, *, by: User, why: str) -> Lab:
    """Call off a lab that has not begun, with the reason."""
    return move(lab, "cancel", by=by, because=Because(lab.host, details={"why": why}))


def join(
    lab: Lab,
    *,
    perspective: str = "",
    table: int | None = None,
    organisation: Organisation | None = None,
    at: datetime | None = None,
) -> Participant:
    """Give somebody a seat in the lab; their browser keeps the seat's secret token.

    Raises:
        TooLateError: the lab is not open for joining.

    """
    if lab.state not in (State.PUBLISHED, State.RUNNING):
        raise TooLateError("the lab is not open for joining")
    return Participant.objects.create(
        lab=lab,
        perspective=perspective,
        table=table,
        organisation=organisation,
        created=at or timezone.now(),
    )


@dataclass(frozen=True)
class Words:
    """What a participant or a lab leader contributes."""

    text: str
    kind: Kind = Kind.INSIGHT
    challenge: Challenge | None = None
    organisation: Organisation | None = None
    barriers: tuple[str, ...] = ()
    language: str = "sv"


@transaction.atomic
def contribute(
    lab: Lab,
    words: Words,
    *,
    participant: Participant | None = None,
    by: User | None = None,
    key: UUID | None = None,
    at: datetime | None = None,
) -> Contribution:
    """Add what somebody wrote; the same key a second time adds nothing.

    A question is for answering; everything else is a statement the room may weigh.

    Raises:
        TooLateError: the lab is not running.
        PermissionDenied: the writer is neither in the room nor leads the lab.
        ValidationError: nothing, or too much, was written.

    """
    _refuse_stranger(lab, participant=participant, by=by)
    key = key or uuid4()
    if earlier := Contribution.objects.filter(key=key, lab=lab).first():
        return earlier
    locked = Lab.objects.select_for_update(of=("self",)).get(pk=lab.pk)
    _refuse_unless_running(locked)
    contribution = Contribution(
        lab=locked,
        challenge=words.challenge,
        phase=queries.current_phase(locked),
        participant=participant,
        author=by,
        organisation=words.organisation,
        kind=words.kind,
        text=words.text,
        table=participant.table if participant else None,
        barriers=list(words.barriers),
        language=words.language,
        key=key,
        is_statement=words.kind != Kind.QUESTION,
        created=at or timezone.now(),
    )
    contribution.full_clean(validate_unique=False)
    contribution.save()
    return contribution


@transaction.atomic
def take_back(contribution: Contribution, *, participant: Participant) -> None:
    """Let the writer remove what they wrote, as long as nobody has weighed it.

    Raises:
        PermissionDenied: somebody else wrote it.
        TooLateError: others have answered it, or the lab is closed.

    """
    if contribution.participant_id != participant.pk:
        raise PermissionDenied
    _refuse_unless_running(contribution.lab)
    if contribution.votes.exclude(participant=participant).exists():
        raise TooLateError("others have answered it")
    contribution.delete()


@transaction.atomic
def vote(statement: Contribution, *, participant: Participant, value: int) -> Vote:
    """Record the participant's answer, replacing an earlier one.

    Raises:
        PermissionDenied: the participant sits in another lab.
        TooLateError: the lab is not running, or the statement is no longer open.
        ValidationError: the value is no answer.

    """
    if statement.lab_id != participant.lab_id:
        raise PermissionDenied
    lab = Lab.objects.select_for_update(of=("self",), no_key=True).get(pk=statement.lab_id)
    _refuse_unless_running(lab)
    if statement.hidden_at or not statement.is_statement:
        raise TooLateError("the statement is not open for answers")
    Vote(participant=participant, statement=statement, value=value).clean_fields()
    answer, _created = Vote.objects.update_or_create(
        participant=participant,
        statement=statement,
        defaults={"value": value, "at": timezone.now()},
    )
    return answer


def hide(contribution: Contribution, *, by: User, why: str) -> Contribution:
    """Take a contribution off every page, with a reason; the votes on it are kept."""
    return _show_or_hide(contribution, by=by, why=why, hidden_at=timezone.now())


def unhide(contribution: Contribution, *, by: User) -> Contribution:
    """Show a hidden contribution again."""
    return _show_or_hide(contribution, by=by, why="", hidden_at=None)


@transaction.atomic
def _show_or_hide(
    contribution: Contribution, *, by: User, why: str, hidden_at: datetime | None
) -> Contribution:
    lab = _led(contribution.lab, by=by)
    contribution.hidden_at, contribution.hidden_why = hidden_at, why
    contribution.full_clean(validate_unique=False)
    contribution.save(update_fields=["hidden_at", "hidden_why"])
    details = {"contribution": contribution.pk, "why": why}
    record(lab, "hide" if hidden_at else "unhide", by=by, because=Because(details=details))
    return contribution


def _led(lab: Lab, *, by: User) -> Lab:
    """Return the lab as it stands now, held, for somebody who leads it."""
    locked = Lab.objects.select_for_update(of=("self",)).get(pk=lab.pk)
    if not by.has_perm("labs.lead_lab", locked):
        raise PermissionDenied
    return locked


def _refuse_unless_running(lab: Lab) -> None:
    if lab.state != State.RUNNING:
        raise TooLateError("the lab is not running")


def _refuse_without_receiver(lab: Lab) -> None:
    if not lab.receivers.exists():
        raise ValidationError(
            _("Invite at least one receiver first: somebody must answer what the room proposes.")
        )


def _refuse_stranger(lab: Lab, *, participant: Participant | None, by: User | None) -> None:
    in_the_room = participant is not None and participant.lab_id == lab.pk
    if not in_the_room and not (by and by.has_perm("labs.lead_lab", lab)):
        raise PermissionDenied


def _enter(phase: Phase | None, at: datetime) -> None:
    if phase:
        phase.started_at, phase.ended_at = at, None
        phase.save(update_fields=["started_at", "ended_at"])


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
            prompts_sv=[prompt.sv for prompt in phase.prompts],
            prompts_en=[prompt.en for prompt in phase.prompts],
        )
        for position, phase in enumerate(template.phases, start=1)
    )
