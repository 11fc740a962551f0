from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import time_machine
from django.core import signing

from hakapa.live import tickets
from hakapa.live.tickets import Ticket


def test_a_ticket_says_who_may_follow_what():
    text = tickets.ticket("lab:7", "leader", "en", 3)

    assert tickets.read(text) == Ticket("lab:7", "leader", "en", 3)


def test_a_ticket_lasts_for_a_day():
    with time_machine.travel("2026-11-25 12:00") as now:
        text = tickets.ticket("lab:7", "phone", "sv")
        now.shift(timedelta(hours=23))
        assert tickets.read(text)
        now.shift(timedelta(hours=2))
        assert tickets.read(text) is None


def test_nobody_writes_their_own_ticket():
    text = tickets.ticket("lab:7", "phone", "sv")

    assert tickets.read(text[:-1] + ("A" if text[-1] != "A" else "B")) is None
    assert tickets.read("") is None
    assert tickets.read(signing.dumps(["lab:7", "leader", "sv", 1], salt="another")) is None


def test_the_stream_has_an_address_with_its_ticket():
    address = urlsplit(tickets.stream("lab:7", "phone", "sv"))

    assert address.path == "/live/strom"
    assert tickets.read(parse_qs(address.query)["biljett"][0]) == Ticket("lab:7", "phone", "sv")
