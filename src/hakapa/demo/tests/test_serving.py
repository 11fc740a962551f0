import os
import signal
import socket
import subprocess
import sys
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.core.management import CommandError, call_command

from hakapa.config import database
from hakapa.demo.people import PASSWORD, SIGN_INS


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


def wait_for(url, server):
    """Return the page as soon as there is one."""
    deadline = monotonic() + 120
    while monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(url) as answer:  # noqa: S310  (our own, on this machine)
                return answer.read().decode()
        except (URLError, ConnectionError):
            sleep(0.1)
    return pytest.fail("the site did not start")


def begun_by(parent):
    """Return the processes that the parent began and that still run."""
    command = ["/bin/ps", "-o", "args=", "--ppid", str(parent)]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()  # noqa: S603


def test_an_empty_site_is_filled_served_worked_for_and_stopped():
    port = free_port()
    with database.temporary() as address:
        places = {**os.environ, "DATABASE_URL": address, "PORT": str(port)}
        command = [sys.executable, "-m", "hakapa", "serve"]
        server = subprocess.Popen(command, env=places, stdout=subprocess.PIPE)  # noqa: S603
        page = wait_for(f"http://localhost:{port}/", server)
        worker = begun_by(server.pid)
        server.send_signal(signal.SIGTERM)
        said = server.communicate(timeout=60)[0].decode()

    assert 'class="demo-note"' in page
    assert "hakapa work --with-parent" in worker
    assert server.returncode == 0
    assert f"serving at http://localhost:{port}" in said
    assert f"with the password {PASSWORD}" in said
    assert [sign_in.address in said for sign_in in SIGN_INS] == [True, True, True]
