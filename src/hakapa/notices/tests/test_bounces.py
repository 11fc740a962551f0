"""Mails that come back are counted as refusals are, once, and nothing else is."""

import io
import sys
from contextlib import suppress
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from hypothesis import given
from hypothesis import strategies as st

from hakapa.notices import actions, bounces
from hakapa.notices.actions.sending import send_due
from hakapa.notices.emails import message_id
from hakapa.notices.models import Mail, Notice, Outcome, Reader
from hakapa.notices.tests.bounced import exchange, postfix

DEEPER = b"Content-Type: multipart/report; boundary=b%d\n\n--b%d\n"
OURS = f"<{uuid4()}@localhost>"


@pytest.fixture
def sent(mail):
    """A mail that its reader's mail server took."""
    send_due()
    mail.refresh_from_db()
    assert mail.outcome == Outcome.SENT
    return mail


@pytest.fixture
def came_back(tmp_path):
    """Return what the command says of mails in a file."""

    def run(*mails):
        files = []
        for mail in mails:
            files.append(tmp_path / f"{uuid4()}.eml")
            files[-1].write_bytes(mail)
        said = io.StringIO()
        call_command("bounces", *map(str, files), stdout=said)
        return [line.partition(": ")[2] for line in said.getvalue().splitlines()]

    return run


def refusals():
    return Reader.objects.get().refusals


def send_another(sent):
    """Tell the reader of the same thing again, in a mail of its own."""
    Mail.objects.create(reader=sent.reader)
    newest = Mail.objects.latest("pk")
    Notice.objects.update(mail=newest)
    send_due()
    return newest


@pytest.mark.parametrize("report", [postfix, exchange])
def test_what_comes_back_for_good_is_counted_once(sent, came_back, report):
    mail = report(message_id(sent))
    said = came_back(mail, mail)

    assert said[0].startswith("counted (5.1.1")
    assert said[1] == "was counted before"
    sent.refresh_from_db()
    assert (sent.outcome, refusals()) == (Outcome.REFUSED, 1)
    assert came_back(postfix(message_id(sent), returned="message/rfc822")) == ["was counted before"]
    assert refusals() == 1


def test_an_address_from_which_three_mails_come_back_gets_no_more(sent, came_back):
    mails = [sent]
    for count in (1, 2):
        came_back(postfix(message_id(mails[-1])))
        assert (refusals(), Reader.objects.get().failing_since) == (count, None)
        mails.append(send_another(sent))
    came_back(exchange(message_id(mails[-1])))

    assert Reader.objects.get().failing_since
    Mail.objects.create(reader=sent.reader)
    assert send_due() == 0
    actions.receive_again(Reader.objects.get())
    another = send_another(sent)
    came_back(postfix(message_id(another)))
    assert refusals() == 1


def test_a_mail_that_did_not_come_back_lets_the_count_begin_anew(sent, came_back):
    for _ in range(4):
        came_back(postfix(message_id(send_another(sent))))
        send_another(sent)

    reader = Reader.objects.get()
    assert (reader.refusals, reader.failing_since) == (1, None)


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.4.1"), ("failed", "4.4.7"), ("failed", "4.2.2")]
)
def test_what_may_still_arrive_is_not_counted(sent, came_back, action, status):
    said = came_back(postfix(message_id(sent), action=action, status=status))

    assert said == [f"not counted, for it may still arrive ({status})"]
    assert refusals() == 0


def test_what_did_arrive_is_not_counted(sent, came_back):
    came_back(postfix(message_id(sent), action="delivered", status="2.0.0"))
    came_back(postfix(message_id(sent), action="failed", status="2.1.5"))

    assert refusals() == 0


def test_a_name_that_is_not_ours_does_nothing(sent, came_back):
    forged = (
        OURS,
        f"<{sent.key}@elsewhere.example.org>",
        f"<{str(sent.key).upper()}@localhost>",
        f"{sent.key}@localhost",
        "<x@localhost>",
        "<>",
        "=?utf-8?q?=00?=",
    )
    said = came_back(*(postfix(name) for name in forged))

    assert set(said) == {"not about a mail that was sent from here"}
    assert refusals() == 0


def test_a_mail_that_waits_cannot_have_come_back(mail, came_back):
    assert came_back(postfix(message_id(mail))) == ["not about a mail that was sent from here"]
    mail.refresh_from_db()
    assert mail.outcome == ""


def test_a_report_inside_what_came_back_is_not_read(sent, came_back):
    inner = postfix(message_id(sent))
    outer = (
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: text/plain\n\nHi\n"
        b"--x\nContent-Type: message/rfc822\n\n" + inner + b"\n--x--\n"
    )
    mixed = b"Content-Type: multipart/mixed; boundary=y\n\n--y\nContent-Type: message/rfc822\n\n"
    said = came_back(outer, mixed + inner + b"\n--y--\n")

    assert set(said) == {"says nothing about a mail that did not arrive"}
    assert refusals() == 0


@pytest.mark.parametrize(
    "odd",
    [
        b"",
        b"\0\xff",
        "Subject: Frånvarande\n\nJag är tillbaka på måndag.\n".encode("latin-1"),
        b"Content-Type: multipart/report\n\n",
        b"Content-Type: multipart/report; boundary=\n\nx",
        postfix(OURS).replace(b"Status:", b"Stat:"),
        postfix(OURS).replace(b"Action: failed", b"Action: \xff"),
        postfix(OURS).replace(b"message/delivery-status", b"text/plain"),
        postfix(OURS).replace(b"message/delivery-status", b"multipart/mixed"),
        postfix(OURS).replace(b"Message-ID:", b"X:"),
        postfix(OURS)[:1500],
        b"".join(DEEPER % (depth, depth) for depth in range(3000)),
    ],
)  # fmt: skip
def test_whatever_else_is_told_in_one_line(db, came_back, odd):
    assert came_back(odd) == ["says nothing about a mail that did not arrive"]


@given(st.data())
def test_no_broken_report_breaks_the_reading(data):
    whole = bytearray(data.draw(st.sampled_from([postfix(OURS), exchange(OURS)])))
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(whole)))
        whole[place : place + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    with suppress(bounces.NotAReportError):
        assert bounces.read(bytes(whole)).name


def test_a_mailbox_is_read_mail_by_mail(sent, came_back):
    name = message_id(sent)
    box = b"".join(
        b"From MAILER-DAEMON Wed Nov 25 10:00:03 2026\n" + mail + b"\n"
        for mail in (postfix(OURS), postfix(name), b"Subject: Hej\n\nFrom here on\n", postfix(name))
    )

    assert [said.split(" ")[0] for said in came_back(box)] == ["not", "counted", "says", "was"]


def test_a_folder_of_mails_is_read(sent, tmp_path, capsys):
    for part, mail in (("new", postfix(message_id(sent))), ("cur", postfix(OURS)), ("tmp", b"")):
        (tmp_path / part).mkdir()
        (tmp_path / part / "1764061203.M1").write_bytes(mail)
    call_command("bounces", str(tmp_path))

    assert [line.partition(": ")[2] for line in capsys.readouterr().out.splitlines()] == [
        "counted (5.1.1)",
        "not about a mail that was sent from here",
    ]


def test_what_cannot_be_read_is_said_and_the_rest_is_counted(sent, tmp_path, capsys):
    file = tmp_path / "report.eml"
    file.write_bytes(postfix(message_id(sent)))
    with pytest.raises(CommandError):
        call_command("bounces", str(tmp_path / "none.eml"), str(file))

    said = capsys.readouterr()
    assert "none.eml: cannot be read (No such file or directory)" in said.err
    assert refusals() == 1


def test_a_mail_server_that_pipes_a_mail_in_keeps_it_when_the_database_is_gone(
    db, monkeypatch, came_back
):
    def gone(_name):
        raise OperationalError

    monkeypatch.setattr(actions, "returned", gone)
    with pytest.raises(CommandError) as refusal:
        came_back(postfix(OURS))

    assert refusal.value.returncode == 75


def test_a_report_is_read_from_a_pipe(transactional_db, monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO(postfix(OURS)))
    monkeypatch.setattr(sys, "stdin", stdin)
    said = io.StringIO()
    call_command("bounces", "-", stdout=said)

    assert said.getvalue() == "-: not about a mail that was sent from here\n"
