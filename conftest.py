"""What holds for every test: no network, and no template that nobody renders."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test.signals import template_rendered

ROOT = Path(__file__).parent
RENDERED: set[str] = set()
OURS = {
    path.relative_to(folder).as_posix()
    for folder in ROOT.glob("src/hakapa/*/templates")
    for path in folder.rglob("*.html")
}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in (
            "127.0.0.1",
            "::1",
            "localhost",
        ):
            pytest.fail(f"a test tried to reach the network at {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Send away whoever still holds a connection when the test database is dropped."""
    from django.db import connection  # noqa: PLC0415  (after Django is set up)

    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def swedish() -> Iterator[None]:
    """Begin and end every test in Swedish, whatever it switches to."""
    from django.utils import translation  # noqa: PLC0415  (after Django is set up)

    with translation.override("sv"):
        yield


def _note(sender: Any, template: Any, **_: Any) -> None:
    if template.name:
        RENDERED.add("" + template.name)  # a plain string, which workers can hand on


template_rendered.connect(_note)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Hand what was rendered to the one who counts; count when everything was run."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["rendered"] = sorted(RENDERED)
        return
    whole = session.config.args in (["src", "tests"], []) and not session.config.option.keyword
    never = sorted(OURS - RENDERED)
    if whole and exitstatus == 0 and never:
        session.exitstatus = 1
        session.config.pluginmanager.get_plugin("terminalreporter").write_line(
            "no test rendered: " + ", ".join(never), red=True
        )


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: Any) -> None:
    """Collect what a worker rendered."""
    RENDERED.update(getattr(node, "workeroutput", {}).get("rendered", ()))
