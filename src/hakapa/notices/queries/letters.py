"""What each mail tells: only what still concerns its reader and the reader may see now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import formats, timezone, translation

from hakapa.accounts.models import Membership, Role
from hakapa.commitments.models import Verification
from hakapa.kernel.addresses import absolute
from hakapa.labs.models import Participant
from hakapa.notices import seeing
from hakapa.notices.emails import Letter, Line, link, token
from hakapa.notices.kinds import Kind, Who
from hakapa.notices.models import Follow, Mail, Notice
from hakapa.notices.queries.asked import questions_to
from hakapa.notices.queries.sentences import Things, question, sentence, things_of, title
from hakapa.notices.topics import TOPICS
from hakapa.process.models import Event

_ORDER = {kind: place for place, kind in enumerate(Kind)}


def letters(mails: Sequence[Mail]) -> dict[int, Letter]:
    """Return what each of the mails tells; one that has nothing left to tell is missing.

    As many queries as there are kinds of things, however many mails and notices there are.
    """
    news = _news([mail for mail in mails if mail.form == Mail.Form.NEWS])
    return news | _questions([mail for mail in mails if mail.form == Mail.Form.CONFIRM])


def still_meant() -> QuerySet[Notice]:
    """Return the notices whose readers are still concerned by what they tell."""
    mine = Membership.objects.filter(
        user=OuterRef("reader__account"), organisation=OuterRef("thing_id")
    )
    follows = Follow.objects.filter(
        reader=OuterRef("reader"), label=OuterRef("label"), thing_id=OuterRef("thing_id")
    )
    seats = Participant.objects.filter(
        account=OuterRef("reader__account"), lab=OuterRef("thing_id")
    )
    return Notice.objects.filter(
        Q(who=Who.FOLLOWER) & Exists(follows)
        | Q(who=Who.PEOPLE) & Exists(mine)
        | Q(who=Who.STEWARDS) & Exists(mine.filter(role=Role.ADMINISTRATOR))
        | Q(who=Who.ROOM) & Exists(seats),
        Q(reader__account=None) | Q(reader__account__is_active=True),
    )


def seen(notices: Sequence[Notice]) -> list[Notice]:
    """Return those of the notices that their readers may see."""
    public = seeing.public({_thing(notice.event) for notice in notices})
    hidden: dict[str, list[int]] = defaultdict(list)
    for notice in notices:
        if _thing(notice.event) not in public:
            hidden[notice.event.subject_type].append(notice.pk)
    shown: set[int] = set()
    for label, some in hidden.items():
        shown |= seeing.shown_to_their_readers(some, label)
    return [n for n in notices if n.pk in shown or _thing(n.event) in public]


def line(event: Event, things: Things, kind: str) -> Line:
    """Tell of the event in the present language."""
    thing = things[_thing(event)]
    url = absolute(thing.get_absolute_url())
    day = formats.date_format(timezone.localtime(event.at))
    return Line(str(Kind(kind).label), title(thing), url, sentence(event, thing), day)


def _thing(event: Event) -> tuple[str, int]:
    return event.subject_type, event.subject_id


def _news(mails: Sequence[Mail]) -> dict[int, Letter]:
    put_in = still_meant().filter(mail__in=[mail.pk for mail in mails])
    notices = seen(_with_events(put_in) if mails else [])
    things = things_of(notice.event for notice in notices)
    by_mail: dict[int, list[Notice]] = defaultdict(list)
    for notice in sorted(notices, key=lambda n: (_ORDER[Kind(n.kind)], n.event.at, n.event_id)):
        by_mail[notice.mail_id or 0].append(notice)
    asked = questions_to(notices)
    told: dict[tuple[str, int, str], Line] = {}
    written = {}
    for mail in mails:
        if mail.pk in by_mail:
            with translation.override(mail.reader.language):
                lines = _lines(mail.reader.language, by_mail[mail.pk], things, told)
                written[mail.pk] = _of_news(mail, _with_questions(lines, asked))
    return written


def _with_events(notices: QuerySet[Notice]) -> list[Notice]:
    """Return the notices with their events, each of which is read once however many are told."""
    found = list(notices)
    events = Event.objects.select_related("organisation").in_bulk({n.event_id for n in found})
    for notice in found:
        notice.event = events[notice.event_id]
    return found


def _lines(
    language: str,
    notices: Sequence[Notice],
    things: Things,
    told: dict[tuple[str, int, str], Line],
) -> dict[int, Line]:
    """Write the lines by their notices, each event's once for all who read it in the language."""
    lines = {}
    for notice in notices:
        key = (language, notice.event_id, notice.kind)
        if key not in told:
            told[key] = line(notice.event, things, notice.kind)
        lines[notice.pk] = told[key]
    return lines


def _with_questions(lines: dict[int, Line], asked: dict[int, Verification]) -> list[Line]:
    """Let a line that asks its reader lead to where this reader answers."""
    own = {
        pk: replace(lines[pk], url=absolute(one.secret_url), sentence=question())
        for pk, one in asked.items()
        if pk in lines
    }
    return list((lines | own).values())


def _of_news(mail: Mail, lines: list[Line]) -> Letter:
    signed = token("reader", mail.reader_id)
    return Letter(
        Mail.Form.NEWS,
        mail.reader.language,
        lines,
        choose=link("notices:choose_by_mail", signed),
        stop=link("notices:stop", signed),
    )


def _questions(mails: Sequence[Mail]) -> dict[int, Letter]:
    follows = [mail.follow for mail in mails if mail.follow]
    public = seeing.public({(follow.label, follow.thing_id) for follow in follows})
    names = {
        (label, pk): title(thing)
        for label in {label for label, _ in public}
        for pk, thing in TOPICS[label]
        .model._default_manager.in_bulk([pk for some, pk in public if some == label])
        .items()
    }
    written = {}
    for mail in mails:
        follow = mail.follow
        if follow and (follow.label, follow.thing_id) in names:
            with translation.override(mail.reader.language):
                written[mail.pk] = Letter(
                    Mail.Form.CONFIRM,
                    mail.reader.language,
                    thing=names[follow.label, follow.thing_id],
                    act=link("notices:confirm", token("follow", follow.pk)),
                )
    return written
