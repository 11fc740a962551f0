import os
import signal
from argparse import ArgumentParser
from importlib import import_module
from importlib.util import find_spec
from threading import Event
from types import FrameType
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from typing_extensions import override

from hakapa.kernel import working

PAUSE = 0.5  # seconds, when there is nothing to do


class Command(BaseCommand):
    help = "Do what is queued and what is due, until stopped. More than one may work at once."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--with-parent", action="store_true", help="stop when the process that began it does"
        )

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        stop = Event()

        def leave(_signal: int, _frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, leave)
        signal.signal(signal.SIGINT, leave)
        parent = os.getppid() if options["with_parent"] else None
        register_jobs()
        working.work(
            lambda: not stop.is_set() and parent in (None, os.getppid()),
            pause=lambda: rest(stop),
        )


def rest(stop: Event) -> None:
    """Let go of connections that have had their time, and wait a moment."""
    close_old_connections()
    stop.wait(PAUSE)


def register_jobs() -> None:
    """Read the tasks of every feature, so that their regular jobs are known."""
    for app in apps.get_app_configs():
        if app.name.startswith("hakapa.") and find_spec(f"{app.name}.tasks"):
            import_module(f"{app.name}.tasks")
