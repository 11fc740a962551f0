import os
import signal
import socket
from threading import Thread
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.core.management import CommandError, call_command

from hakapa.demo import load
from hakapa.demo.people import PASSWORD, SIGN_INS


@pytest.fixture(autouse=True)
def _handlers_stay():
    """Leave the signals as they were before the command took them."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def taken():
    """A port that somebody else holds."""
    with socket.socket() as place:
        place.bind(("localhost", 0))
        place.listen()
        yield place.getsockname()[1]


def free_port():
    with socket.socket() as place:
        place.bind(("localhost", 0))
        return place.getsockname()[1]


def test_a_port_is_a_number(monkeypatch):
    monkeypatch.setenv("PORT", "http")
    with pytest.raises(
        CommandError, match=r"PORT must be a number, not 'http'\. Nothing was started"
    ):
        call_command("serve")


def test_a_port_in_use_is_told_with_a_way_out(monkeypatch, taken):
    monkeypatch.setenv("PORT", str(taken))
    with pytest.raises(CommandError, match=rf"localhost:{taken} cannot be used .* PORT=8001"):
        call_command("serve")


def read_then_stop(url, pages):
    """Read the page as soon as there is one, and stop the server either way."""
    deadline = monotonic() + 120
    while not pages and monotonic() < deadline:
        try:
            with urlopen(url) as answer:  # noqa: S310  (our own, on this machine)
                pages.append(answer.read().decode())
        except (URLError, ConnectionError):
            sleep(0.1)
    os.kill(os.getpid(), signal.SIGTERM)


@pytest.mark.django_db(transaction=True)
def test_an_empty_site_is_filled_served_and_stopped(monkeypatch, capsys):
    port, pages = free_port(), []
    monkeypatch.setenv("PORT", str(port))
    reader = Thread(target=read_then_stop, args=(f"http://localhost:{port}/", pages))
    reader.start()
    with pytest.raises(SystemExit) as stop:
        call_command("serve")
    reader.join()

    assert stop.value.code == 0
    assert load.is_loaded()
    assert 'class="demo-note"' in pages[0]
    said = capsys.readouterr().out
    assert f"serving at http://localhost:{port}" in said
    assert f"with the password {PASSWORD}" in said
    assert [sign_in.address in said for sign_in in SIGN_INS] == [True, True, True]
