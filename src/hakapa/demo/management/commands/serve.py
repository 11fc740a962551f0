import os
import signal
import socket
import subprocess
import sys
from types import FrameType
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from hakapa.demo import load, people


class Command(BaseCommand):
    help = "Prepare the database, serve the site and do its work; with the demo world when empty."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, _leave)  # so that the embedded database is stopped too
        host, port = os.environ.get("HOST", "localhost"), _port()
        _refuse_taken(host, port)
        self._say("bringing the database up to date")
        call_command("migrate", verbosity=0)
        if not settings.PRODUCTION and not load.is_loaded() and not load.is_in_use():
            call_command("demo", stdout=self.stdout)
        self._say(f"serving at http://{host}:{port}  (Ctrl-C stops everything)")
        if load.is_loaded():
            self._tell_sign_ins()
        worker = subprocess.Popen([sys.executable, "-m", "hakapa", "work", "--with-parent"])
        try:
            uvicorn.run(
                "hakapa.config.asgi:application",
                host=host,
                port=port,
                log_level="warning",
                timeout_graceful_shutdown=2,  # open streams do not hold it up; phones come back
            )
        finally:
            worker.terminate()
            worker.wait()

    def _tell_sign_ins(self) -> None:
        self._say("sign in to the demo world as")
        for sign_in in people.SIGN_INS:
            self.stdout.write(f"    {sign_in.address:<36} {sign_in.sees[1]} ({sign_in.sees[0]})")
        self._say(f"with the password {people.PASSWORD}")

    def _say(self, what: str) -> None:
        self.stdout.write(f"· {what}")
        self.stdout.flush()


def _port() -> int:
    written = os.environ.get("PORT", "8000")
    if not written.isdecimal():
        raise CommandError(f"PORT must be a number, not {written!r}. Nothing was started.")
    return int(written)


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket() as place:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            place.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Nothing was started, for {host}:{port} cannot be used ({error.strerror}). "
                "Choose another port: PORT=8001 bin/run"
            ) from error


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
