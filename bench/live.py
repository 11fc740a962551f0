"""A lab with many phones: what is lost, what is counted twice, and how long the room waits.

`python -m bench.live --phones 2000 --seconds 300 --json FILE` starts a server of its own on a free
port with a fresh database. The phones follow the event stream, answer every 3 s, some write a
contribution now and then, and each minute one in 20 loses the network and comes back. The lab
leader changes the clock every 5 s from another process. In the end the phones' own log of
acknowledgements is compared with the database.

Ten phones take their seats by the real pages, since that costs the pages' processor and is measured
by `bench.pages`; the others' seats are made in the database. Only those ten write.

`--flat-out`: no streams; each phone answers as soon as its last answer is acknowledged.
`--storm`: all streams are cut, things change, all come back within 10 s; each must be told
exactly what it missed.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import django
import uvloop

from bench.room.server import Server, allow_many_connections, end_in_order
from hakapa.config import database

STATEMENTS = 60


def main() -> int:
    """Measure, and write what was measured as JSON; 1 when an answer was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--json", required=True, help="where to write; - is standard output")
    parser.add_argument("--flat-out", action="store_true")
    parser.add_argument("--storm", action="store_true")
    options = parser.parse_args()
    allow_many_connections()
    end_in_order()
    with database.temporary() as address, tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = address
        os.environ["DJANGO_SETTINGS_MODULE"] = "hakapa.config.settings"
        django.setup()
        found = _measured(options, Server(address, Path(folder) / "server.log"))
    text = json.dumps(found, indent=2)
    if options.json == "-":
        sys.stdout.write(f"{text}\n")
    else:
        Path(options.json).write_text(f"{text}\n", encoding="utf-8")
    return int(bool(found["lost"] or found["double"] or found["made_up"]))


def _measured(options: argparse.Namespace, server: Server) -> dict[str, Any]:
    from bench.room import running, world  # noqa: PLC0415  (after Django is set up)

    load_before = os.getloadavg()[0]
    try:
        lab = world.open_lab(options.phones, STATEMENTS)
        server.wait()
        idle = server.memory_mb()["now"]
        room = running.Room(lab, server.port)
        mode = (
            room.storm()
            if options.storm
            else room.flat_out(options.seconds)
            if options.flat_out
            else room.an_evening(options.seconds)
        )
        began = time.monotonic()
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            found = runner.run(mode)
        memory = server.memory_mb()
        return {
            "phones": options.phones,
            **found,
            "rss_mb": memory["most"],
            "rss_idle_mb": idle,
            "server_processor_s": round(server.seconds_of_processor(), 1),
            "whole_run_s": round(time.monotonic() - began, 1),
            "load_before": load_before,
            "day": time.strftime("%Y-%m-%d"),
            "server_log": server.said(),
        }
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main())
