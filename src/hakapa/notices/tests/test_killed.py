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

READERS = 1_000
KILLED_AFTER = (100, 350, 600, 850)  # mails
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
def worker(postbox):
    """Return how a worker is started: the real command, on the test's database."""
    server = urlsplit(os.environ["DATABASE_URL"])
    address = server._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    places = {"DATABASE_URL": address, "HAKAPA_EMAIL_URL": f"smtp://127.0.0.1:{postbox.port}"}
    begun = []

    def start():
        command = [sys.executable, "-m", "hakapa", "work"]
        begun.append(subprocess.Popen(command, env={**os.environ, **places}))  # noqa: S603
        return begun[-1]

    yield start
    for process in begun:
        process.kill()
        process.wait()


def a_thousand_readers_to_be_told():
    """Let so many follow a challenge to which something happens, and hear of it at once."""
    challenge = ChallengeFactory.create()
    people = User.objects.bulk_create(User(email=f"r{n}@example.org") for n in range(READERS))
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
    assert actions.build_at_once(timezone.now()) == READERS


def wait_until(is_so, process=None):
    deadline = time.monotonic() + ENOUGH
    while not is_so():
        assert time.monotonic() < deadline, "it took too long"
        assert process is None or process.poll() is None, "the worker ended by itself"
        time.sleep(0.002)


@pytest.mark.django_db(transaction=True)
def test_no_mail_is_missing_and_only_those_in_flight_come_twice(postbox, worker):
    a_thousand_readers_to_be_told()
    for count in KILLED_AFTER:
        process = worker()
        wait_until(lambda count=count: len(postbox.taken) >= count, process)
        process.kill()
        process.wait()
    assert Mail.objects.filter(settled_at=None).exists()
    process = worker()
    wait_until(lambda: not Mail.objects.filter(settled_at=None).exists(), process)

    by_id = Counter(name for name, _ in postbox.taken)
    assert {address for _, address in postbox.taken} == {
        f"r{n}@example.org" for n in range(READERS)
    }
    assert len(by_id) == READERS == len(set(postbox.taken))
    assert sum(by_id.values()) - READERS <= len(KILLED_AFTER)
    assert set(Mail.objects.values_list("outcome", "tries")) == {("sent", 1)}
