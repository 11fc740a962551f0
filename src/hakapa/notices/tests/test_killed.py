"""Kill -9 of the worker again and again in the middle of 1,000 notices."""

import os
import socket
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes
from email.policy import default
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone

from hakapa.accounts.models import User
from hakapa.challenges.tests.factories import ChallengeFactory
from hakapa.notices import actions
from hakapa.notices.models import Follow, Mail, Notice, Reader
from hakapa.notices.topics import label_of
from hakapa.process.moving import record

READERS, KILLED_AFTER = 1_000, (100, 350, 600, 850)  # mails
FEW, SOON = 200, (20,)  # enough to see a loss
ENOUGH = 240  # seconds, on a machine that does much else


class Postbox:
    """A mail server that takes everything and counts."""

    def __init__(self):
        self.taken = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  (aiosmtpd's name)
        message = message_from_bytes(envelope.content, policy=default)
        self.taken.append((message["Message-ID"], envelope.rcpt_tos[0]))
        return "250 OK"


@pytest.fixture
def postbox():
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        box.port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    yield box
    server.stop()


@pytest.fixture
def start(postbox):
    """Return how a worker is started on the test's database: the real command, or a wrong one."""
    server = urlsplit(os.environ["DATABASE_URL"])
    address = server._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    places = {"DATABASE_URL": address, "HAKAPA_EMAIL_URL": f"smtp://127.0.0.1:{postbox.port}"}
    begun = []

    def work(command="hakapa"):
        words = [sys.executable, "-m", command, "work"]
        begun.append(subprocess.Popen(words, env={**os.environ, **places}))  # noqa: S603
        return begun[-1]

    yield work
    for process in begun:
        process.kill()
        process.wait()


def readers_to_be_told(count):
    """Let so many follow a challenge to which something happens, and hear of it at once."""
    challenge = ChallengeFactory.create()
    people = User.objects.bulk_create(User(email=f"r{n}@example.org") for n in range(count))
    now = timezone.now()
    readers = Reader.objects.bulk_create(
        Reader(account=person, confirmed_at=now) for person in people
    )
    Follow.objects.bulk_create(
        Follow(reader=reader, label=label_of(challenge), thing_id=challenge.pk, confirmed_at=now)
        for reader in readers
    )
    record(challenge, "measure", by=None)
    while actions.hear():
        pass
    Notice.objects.update(pace="at_once")
    assert actions.build_at_once(timezone.now()) == count


def wait_until(is_so, process=None):
    deadline = time.monotonic() + ENOUGH
    while not is_so():
        assert time.monotonic() < deadline, "it took too long"
        assert process is None or process.poll() is None, "the worker ended by itself"
        time.sleep(0.002)


def kill_in_the_midst(postbox, start, killed_after):
    """Kill a worker at each of the counts and start another; the last is left to finish."""
    for count in killed_after:
        process = start()
        wait_until(lambda count=count: len(postbox.taken) >= count, process)
        process.kill()
        process.wait()
    assert len(postbox.taken) < Mail.objects.count(), "nothing was left to lose"
    process = start()
    wait_until(lambda: not Mail.objects.filter(settled_at=None).exists(), process)


def check_that_nothing_is_missing(postbox, readers, kills):
    by_id = Counter(name for name, _ in postbox.taken)
    missing = {f"r{n}@example.org" for n in range(readers)} - {to for _, to in postbox.taken}
    assert not missing, f"{len(missing)} mails are missing"
    assert len(by_id) == readers == len(set(postbox.taken)), "a mail has two Message-IDs"
    assert sum(by_id.values()) - readers <= kills, "more came twice than were in flight"
    assert set(Mail.objects.values_list("outcome", "tries")) == {("sent", 1)}


@pytest.mark.django_db(transaction=True)
def test_no_mail_is_missing_and_only_those_in_flight_come_twice(postbox, start):
    readers_to_be_told(READERS)
    kill_in_the_midst(postbox, start, KILLED_AFTER)

    check_that_nothing_is_missing(postbox, READERS, len(KILLED_AFTER))


@pytest.mark.django_db(transaction=True)
def test_that_check_sees_what_a_careless_worker_loses(postbox, start):
    readers_to_be_told(FEW)
    kill_in_the_midst(postbox, lambda: start("hakapa.notices.tests.careless"), SOON)

    with pytest.raises(AssertionError, match="mails are missing"):
        check_that_nothing_is_missing(postbox, FEW, len(SOON))
