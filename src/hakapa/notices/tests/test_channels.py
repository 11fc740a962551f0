"""Whatever leaves the site shows exactly what `visible_to` gives the one who reads it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from icalendar import Calendar

from hakapa.accounts.tests.factories import OrganisationFactory, UserFactory, member_of
from hakapa.challenges.models import Challenge
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.commitments import actions as commitments
from hakapa.commitments.actions import Report
from hakapa.commitments.models import Commitment, Outcome
from hakapa.kernel.tests.pages import address
from hakapa.labs.models import Lab
from hakapa.labs.tests.factories import LabFactory, ReceiverFactory
from hakapa.moderation import actions as moderation
from hakapa.moderation.actions import Complaint
from hakapa.notices import actions, queries
from hakapa.notices.emails import worded
from hakapa.notices.models import CalendarAddress, Delivery, Follow, Mail, Notice, Reader, Webhook
from hakapa.notices.topics import TOPICS, label_of
from hakapa.process.models import Event
from hakapa.process.moving import record
from hakapa.proposals import actions as proposals
from hakapa.proposals.actions import Idea

# What stands for each thing wherever it is shown; the reports' words stand in no title.
MARKS = {
    "draft": "Zebrans utkast",
    "challenge": "Öppen giraff",
    "planned lab": "Pantherns labb",
    "running lab": "Elefantens labb",
    "question": "Krokodilens fråga",
    "promise": "Lejonets löfte",
    "early promise": "Vargens löfte",  # in a lab that was called off before it was announced
    "kept": "Kamelens löfte",
    "kept, words hidden": "Tigerns löfte",
    "report": "Kamelen har kommit",
    "hidden report": "Tigern bet en granne",
}
PUBLIC = {"challenge", "running lab", "promise", "kept", "kept, words hidden", "report"}
SEEN = {
    "nobody": PUBLIC,
    "follower by mail": PUBLIC,
    "somebody elsewhere": PUBLIC,
    "lab leader": PUBLIC | {"planned lab", "question", "early promise"},
    "receiver": PUBLIC | {"planned lab", "question", "early promise", "draft"},
}
ALL = set(MARKS)
ANSWERED = {"promise", "early promise", "kept", "kept, words hidden"}
DATED = {"promise", "early promise", "planned lab", "running lab"}
# What each channel would tell of if everybody might see everything.
TELLS = {
    "challenge feed": {"draft", "challenge"},
    "promise feed": {*ANSWERED, "report", "hidden report"},
    "frame": ANSWERED,
    "organisation's calendar": DATED,
    "webhook": ALL,
    "calendar": DATED,
    "bell": ALL,
    "mail": ALL,
}
FOR_ALL = {"challenge feed", "promise feed", "frame", "organisation's calendar", "webhook"}
WITH_ACCOUNT = {"somebody elsewhere", "lab leader", "receiver"}
READS = {
    **{channel: {"nobody"} for channel in FOR_ALL},
    "calendar": WITH_ACCOUNT,
    "bell": WITH_ACCOUNT,
    "mail": {*WITH_ACCOUNT, "follower by mail"},
}


@dataclass
class World:
    things: dict[str, object]
    people: dict[str, object]
    readers: dict[str, Reader]
    receiver: object

    def events(self):
        return Event.objects.filter(pk__in=[event.pk for event in self._events()])

    def _events(self):
        """Return one event for each thing, the one that tells most of it."""
        for thing in self.things.values():
            about = Event.objects.filter(subject_type=label_of(thing), subject_id=thing.pk)
            yield about.filter(details__has_key="happened").first() or about.latest("pk")


@pytest.fixture
def things(lab, leader, commitment, officer):
    """Every kind of thing, and something that has happened to each."""
    receiver = commitment.receiver
    Lab.objects.filter(pk=lab.pk).update(title=MARKS["running lab"])
    lab.refresh_from_db()
    planned = LabFactory.create(title=MARKS["planned lab"], state="planned", host=lab.host)
    early = LabFactory.create(title="Tidigt", host=lab.host)
    for other in (planned, early):
        ReceiverFactory.create(lab=other, organisation=receiver)
    draft = ChallengeFactory.create(title=MARKS["draft"], state="draft", owner=receiver)
    challenge = lab.challenges.get()
    Challenge.objects.filter(pk=challenge.pk).update(title=MARKS["challenge"])
    made = {"draft": draft, "challenge": challenge, "planned lab": planned, "running lab": lab}
    for thing in (draft, challenge, planned, lab):
        record(thing, "change" if isinstance(thing, Lab) else "improve", by=None)
    for name in ("question", *ANSWERED):
        where = early if name == "early promise" else lab
        made[name] = _asked(where, leader, receiver, MARKS[name])
    for name in ANSWERED:
        due = timezone.localdate() + timedelta(days=30)
        commitments.take(made[name], by=officer, next_step="Snart", due=due)
    Lab.objects.filter(pk=early.pk).update(state="cancelled")
    return made


@pytest.fixture
def reports(things, officer):
    """One report that is shown, and one that moderation has hidden."""
    for name, words in (("kept", "report"), ("kept, words hidden", "hidden report")):
        report = Report(Outcome.KEPT, MARKS[words])
        told = commitments.report(things[name], report, by=officer)
    case = moderation.flag(told, Complaint("person", "a"), by=None)
    moderation.hide(case, by=UserFactory.create(is_staff=True), reason="Den nämner en granne")


@pytest.fixture
def world(things, reports, leader, officer, commitment):
    """All of it, and everybody following everything."""
    people = {
        "nobody": AnonymousUser(),
        "follower by mail": AnonymousUser(),
        "somebody elsewhere": member_of(OrganisationFactory.create()),
        "lab leader": leader,
        "receiver": officer,
    }
    readers = {name: actions.reader_of(people[name]) for name in WITH_ACCOUNT}
    readers["follower by mail"] = Reader.objects.create(
        email="a@example.org", confirmed_at=timezone.now()
    )
    return _followed(World(things, people, readers, commitment.receiver))


def _asked(lab, leader, receiver, title):
    proposal = proposals.grow(lab, Idea(title, "Först så", lab.challenges.get()), by=leader)
    return Commitment.objects.get(proposal=proposal, receiver=receiver)


def _followed(world):
    """Let every reader follow everything, and have a notice of everything in a mail."""
    for reader in world.readers.values():
        mail = Mail.objects.create(reader=reader)
        for thing in world.things.values():
            of = {"reader": reader, "label": label_of(thing), "thing_id": thing.pk}
            Follow.objects.create(**of, confirmed_at=timezone.now())
        for event in world.events():
            Notice.objects.create(
                reader=reader, event=event, kind="promise", who="follower", in_bell=True,
                label=event.subject_type, thing_id=event.subject_id, pace="weekly", mail=mail,
            )  # fmt: skip
    return world


def _page(name):
    def read(client, *_):
        return client.get(address(name)).text

    return read


def _dates(client, calendar):
    events = Calendar.from_ical(client.get(calendar.get_absolute_url()).content).walk("VEVENT")
    return " ".join(str(event["summary"]) for event in events)


def _organisations_calendar(client, world, _name):
    return _dates(client, CalendarAddress.objects.create(organisation=world.receiver))


def _calendar(client, world, name):
    return _dates(client, actions.open_calendar(by=world.people[name]))


def _bell(client, world, name):
    client.force_login(world.people[name])
    return client.get(address("notices:index")).text


def _mail(_client, world, name):
    mails = list(Mail.objects.filter(reader=world.readers[name]).select_related("reader"))
    letters = [worded(letter) for letter in queries.letters(mails).values()]
    return " ".join(words.text + words.html for words in letters)


def _webhook(_client, world, _name):
    hook = Webhook.objects.create(organisation=world.receiver, url="https://a.example.org/")
    told = [queries.payload(Delivery(webhook=hook, event=event)) for event in world.events()]
    return " ".join(str(one["data"]) for one in told if one)


CHANNELS = {
    "challenge feed": _page("challenges:feed"),
    "promise feed": _page("commitments:feed"),
    "frame": _page("notices:embedded"),
    "organisation's calendar": _organisations_calendar,
    "webhook": _webhook,
    "calendar": _calendar,
    "bell": _bell,
    "mail": _mail,
}


def test_who_sees_what_is_what_the_table_says(world):
    seen = {
        name: {
            what
            for what, thing in world.things.items()
            if TOPICS[label_of(thing)].visible_to(person).filter(pk=thing.pk).exists()
        }
        for name, person in world.people.items()
    }

    assert seen == {name: marks & set(world.things) for name, marks in SEEN.items()}


@pytest.mark.parametrize(
    ("channel", "name"), [(channel, name) for channel in READS for name in sorted(READS[channel])]
)
def test_a_channel_shows_what_its_reader_may_see(world, client, channel, name):
    text = CHANNELS[channel](client, world, name)

    assert {what for what, mark in MARKS.items() if mark in text} == SEEN[name] & TELLS[channel]
