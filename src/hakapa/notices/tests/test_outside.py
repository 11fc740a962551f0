"""Nothing is sent to an address that is not of the public internet."""

import asyncio
import socket
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import urlsplit

import httpx
import pytest

from hakapa.notices import outside


def leads_to(monkeypatch, *ips):
    entries = [(0, 0, 0, "", (ip, 443)) for ip in ips]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: entries)


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",  # noqa: S104
        "100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "::127.0.0.1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_refused(monkeypatch, ip):
    leads_to(monkeypatch, "93.184.216.34", ip)

    with pytest.raises(outside.NotOutsideError):
        outside.checked("https://system.example.org/")


@pytest.mark.parametrize("ip", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_a_public_address_is_called_as_it_was_checked(monkeypatch, ip):
    leads_to(monkeypatch, ip)

    assert outside.checked("https://system.example.org:8443/a").ip == ip
    assert outside.checked("https://system.example.org:8443/a").port == 8443
    assert outside.checked("https://system.example.org/a").port == 443


@pytest.mark.parametrize(
    "url",
    [
        "http://system.example.org/", "ftp://system.example.org/", "https://", "system.example.org",
        "https://somebody:secret@system.example.org/", "https://system.example.org:99999/",
        "https://system.example.org:port/", "file:///etc/passwd", "gopher://system.example.org/",
    ],
)  # fmt: skip
def test_only_plain_https_is_called(monkeypatch, url):
    leads_to(monkeypatch, "93.184.216.34")

    with pytest.raises(outside.NotOutsideError):
        outside.checked(url)


def test_a_name_that_leads_nowhere_is_refused(monkeypatch):
    def unknown(*_args, **_options):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(outside.NotOutsideError):
        outside.checked("https://finns-inte.example.org/")
    leads_to(monkeypatch)
    with pytest.raises(outside.NotOutsideError):
        outside.checked("https://finns-inte.example.org/")


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "[::1]", "localhost"])
def test_other_ways_to_write_this_machine_are_refused(host):
    with pytest.raises(outside.NotOutsideError):
        outside.checked(f"https://{host}/")


class Answering(BaseHTTPRequestHandler):
    """A system that answers as its address says."""

    heard = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((self.path, dict(self.headers), body))
        self.send_response(int(self.path.strip("/")))
        self.send_header("Location", "http://127.0.0.1/elsewhere")
        self.end_headers()
        self.wfile.write(b"x" * 10_000)

    def log_message(self, *_):
        pass


@pytest.fixture
def system(monkeypatch):
    """A system on this machine, which the check lets through for the test."""
    server = HTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    monkeypatch.setattr(
        outside,
        "checked",
        lambda url: outside.Place(urlsplit(url), "127.0.0.1", port),
    )
    Answering.heard.clear()
    yield port
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("status", [200, 204, 301, 307, 404, 500])
def test_what_is_sent_arrives_and_no_answer_leads_on(system, status):
    sent = outside.post(f"http://system.example.org/{status}", b"{}", {"webhook-id": "msg_1"})

    assert sent == status
    ((path, headers, body),) = Answering.heard
    assert (path, body) == (f"/{status}", b"{}")
    assert (headers["Host"], headers["webhook-id"]) == ("system.example.org", "msg_1")


def test_a_system_that_is_not_there_gives_no_answer(system):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = outside.Place(
            urlsplit("http://system.example.org/"), "127.0.0.1", free.getsockname()[1]
        )
    outside.checked = lambda _url: closed  # the fixture puts it back
    with pytest.raises(outside.NoAnswerError):
        outside.post("http://system.example.org/", b"", {})


def test_a_system_that_drips_its_answer_is_left_in_time(monkeypatch, system):
    async def drip(*_args, **_options):
        await asyncio.sleep(5)

    monkeypatch.setattr(outside, "LONGEST", 0.1)
    monkeypatch.setattr(httpx.AsyncClient, "send", drip)
    with pytest.raises(outside.NoAnswerError):
        outside.post("http://system.example.org/200", b"", {})


def test_an_address_in_six_groups_is_written_in_brackets(monkeypatch):
    asked = []

    async def answer(_client, request, **_options):
        asked.append(request)
        return httpx.Response(200)

    leads_to(monkeypatch, "2606:2800:220:1::1")
    monkeypatch.setattr(httpx.AsyncClient, "send", answer)

    assert outside.post("https://system.example.org/a?b=c#d", b"", {}) == 200
    (request,) = asked
    assert str(request.url) == "https://[2606:2800:220:1::1]/a?b=c"
    assert request.headers["Host"] == "system.example.org"
    assert request.extensions["sni_hostname"] == "system.example.org"
