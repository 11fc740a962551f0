"""What can be followed, who may see it, and whom an event about it concerns."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hakapa.accounts import queries as accounts
from hakapa.accounts.models import AnyUser, Organisation
from hakapa.accounts.queries import works_for
from hakapa.challenges import queries as challenges
from hakapa.challenges.models import Challenge, SharedNeed
from hakapa.commitments import queries as commitments
from hakapa.commitments.models import Commitment
from hakapa.labs import queries as labs
from hakapa.labs.models import Lab, Receiver
from hakapa.notices.kinds import Kind, Who, kind_of
from hakapa.notices.models import Webhook
from hakapa.process.models import Event
from hakapa.proposals import queries as proposals
from hakapa.proposals.models import Proposal


@dataclass(frozen=True)
class Circle:
    """Some whom an event concerns: those who follow a thing, an organisation's people, a room."""

    event_id: int
    actor_id: int | None
    kind: Kind
    who: Who
    label: str
    thing_id: int


Concerned = tuple[int, Who, type[Model], int | None]  # which of the things, who, of what
VisibleTo = Callable[[AnyUser], "QuerySet[Model]"]


@dataclass(frozen=True)
class Topic:
    """A kind of thing that events are about, and that readers follow when it has a slug."""

    model: type[Model]
    slug: str
    this: Promise
    visible_to: VisibleTo

    @property
    def label(self) -> str:
        return label_of(self.model)


def label_of(model: type[Model] | Model) -> str:
    """Return the name under which the journal and the follows know the model."""
    return model._meta.label_lower


def webhooks_visible_to(user: AnyUser) -> "QuerySet[Webhook]":
    """Return the webhooks of the organisations that the user works for."""
    return Webhook.objects.filter(organisation__in=works_for(user)).select_related("organisation")


TOPICS = {
    topic.label: topic
    for topic in (
        Topic(Challenge, "utmaning", _("this challenge"), challenges.visible_to),
        Topic(Lab, "labb", _("this lab"), labs.visible_to),
        Topic(Proposal, "forslag", _("this proposal"), proposals.visible_to),
        Topic(Commitment, "atagande", _("this promise"), commitments.visible_to),
        Topic(Organisation, "organisation", _("this organisation"), accounts.visible_to),
        Topic(Webhook, "", _("this webhook"), webhooks_visible_to),
    )
}
BY_SLUG = {topic.slug: topic for topic in TOPICS.values() if topic.slug}


def circles(events: Iterable[Event]) -> list[Circle]:
    """Return whom the events concern, in as many queries however many they are."""
    by_label: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_label[event.subject_type].append(event)
    found: list[Circle] = []
    for label, about in by_label.items():
        of: dict[int, list[tuple[Who, str, int]]] = defaultdict(list)
        for thing, who, model, pk in _CONCERNED[label]({event.subject_id for event in about}):
            if pk is not None:
                of[thing].append((who, label_of(model), pk))
        for event in about:
            found += _of_event(event, of[event.subject_id])
    return found


def _of_event(event: Event, concerned: list[tuple[Who, str, int]]) -> Iterator[Circle]:
    kind = kind_of(event.subject_type, event.move)
    if kind is None:
        return
    for who, label, pk in concerned:
        if kind != Kind.WAITS or _is_waited_for(event, who, label, pk):
            yield Circle(event.pk, event.actor_id, kind, who, label, pk)


def _is_waited_for(event: Event, who: Who, label: str, pk: int) -> bool:
    """Tell whether it is they who are asked, not only others who would hear of it."""
    if event.move == "ask_participants":
        return who == Who.ROOM
    return (who, label, pk) == (Who.PEOPLE, label_of(Organisation), event.organisation_id)


def _by_commitments(ids: Collection[int]) -> Iterator[Concerned]:
    rows = Commitment.objects.filter(pk__in=ids).values_list(
        "pk", "receiver", "proposal", "proposal__lab", "proposal__challenge",
        "proposal__challenge__owner",
    )  # fmt: skip
    for pk, receiver, proposal, lab, challenge, owner in rows:
        yield pk, Who.FOLLOWER, Commitment, pk
        yield pk, Who.FOLLOWER, Proposal, proposal
        yield pk, Who.FOLLOWER, Lab, lab
        yield pk, Who.FOLLOWER, Challenge, challenge
        for organisation in {receiver, owner}:
            yield pk, Who.FOLLOWER, Organisation, organisation
            yield pk, Who.PEOPLE, Organisation, organisation
        yield pk, Who.ROOM, Lab, lab


def _by_proposals(ids: Collection[int]) -> Iterator[Concerned]:
    rows = Proposal.objects.filter(pk__in=ids).values_list(
        "pk", "lab", "challenge", "organisation", "challenge__owner"
    )
    for pk, lab, challenge, organisation, owner in rows:
        yield pk, Who.FOLLOWER, Proposal, pk
        yield pk, Who.FOLLOWER, Lab, lab
        yield pk, Who.FOLLOWER, Challenge, challenge
        for concerned in {organisation, owner}:
            yield pk, Who.FOLLOWER, Organisation, concerned
            yield pk, Who.PEOPLE, Organisation, concerned
        yield pk, Who.ROOM, Lab, lab


def _by_labs(ids: Collection[int]) -> Iterator[Concerned]:
    for pk, host in Lab.objects.filter(pk__in=ids).values_list("pk", "host"):
        yield pk, Who.FOLLOWER, Lab, pk
        yield pk, Who.FOLLOWER, Organisation, host
        yield pk, Who.PEOPLE, Organisation, host
        yield pk, Who.ROOM, Lab, pk
    taken_up = Lab.challenges.through.objects.filter(lab__in=ids)
    for pk, challenge, owner in taken_up.values_list("lab", "challenge", "challenge__owner"):
        yield pk, Who.FOLLOWER, Challenge, challenge
        yield pk, Who.PEOPLE, Organisation, owner
    leading = Lab.leaders.through.objects.filter(lab__in=ids)
    invited = Receiver.objects.filter(lab__in=ids)
    for row in (leading, invited):
        for pk, organisation in row.values_list("lab", "organisation"):
            yield pk, Who.PEOPLE, Organisation, organisation


def _by_challenges(ids: Collection[int]) -> Iterator[Concerned]:
    for pk, owner in Challenge.objects.filter(pk__in=ids).values_list("pk", "owner"):
        yield pk, Who.FOLLOWER, Challenge, pk
        yield pk, Who.FOLLOWER, Organisation, owner
        yield pk, Who.PEOPLE, Organisation, owner
    sharing = SharedNeed.objects.filter(challenge__in=ids)
    for pk, organisation in sharing.values_list("challenge", "organisation"):
        yield pk, Who.PEOPLE, Organisation, organisation


def _by_webhooks(ids: Collection[int]) -> Iterator[Concerned]:
    for pk, organisation in Webhook.objects.filter(pk__in=ids).values_list("pk", "organisation"):
        yield pk, Who.STEWARDS, Organisation, organisation


_CONCERNED: dict[str, Callable[[Collection[int]], Iterator[Concerned]]] = {
    label_of(Challenge): _by_challenges,
    label_of(Lab): _by_labs,
    label_of(Proposal): _by_proposals,
    label_of(Commitment): _by_commitments,
    label_of(Webhook): _by_webhooks,
}
