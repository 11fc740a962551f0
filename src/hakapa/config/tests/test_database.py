import os
import subprocess
import sys

from hakapa.config import database

START = """
import sys, pathlib, psycopg
from hakapa.config import database
folder = pathlib.Path(sys.argv[1]) / "var" / "postgres"
url = database.ensure_running(folder)
assert url == database.ensure_running(folder)
with psycopg.connect(url) as connection:
    print(connection.execute(
        "SELECT current_database(), current_setting('server_encoding'), "
        "current_setting('listen_addresses')"
    ).fetchone())
"""


def test_a_server_of_ones_own_is_used_as_it_is(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example.se/hakapa")

    assert database.ensure_running(tmp_path) == "postgresql://db.example.se/hakapa"
    assert list(tmp_path.iterdir()) == []


def test_without_one_the_embedded_server_starts_and_keeps_its_database(tmp_path):
    nowhere = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    told = [
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", START, str(tmp_path)],
            env=nowhere,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout
        for _ in range(2)  # the second time it is all there
    ]

    assert told == ["('hakapa', 'UTF8', '')\n"] * 2


def test_the_command_understands_dashes(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", "from hakapa.config.cli import main; main()", "import-polis", "-h"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr
    assert "hakapa import-polis" in done.stdout


WATCHED = """
import sys
from django.apps import apps
from hakapa.config import cli, messages
messages.compile_all = lambda: print("compiled", apps.ready)
sys.argv = ["hakapa", "check"]
cli.main()
"""


def test_a_command_makes_the_catalogues_before_django_reads_them():
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", WATCHED], capture_output=True, text=True, check=True, timeout=60
    )

    assert done.stdout.startswith("compiled False")
