from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from hakapa.demo import load


class Command(BaseCommand):
    help = "Load the demo world, marked as illustrative on every page; once."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--language", choices=["sv", "en"], default="sv", help="the language of its texts"
        )

    @override
    def handle(self, *, language: str, **options: Any) -> None:
        if load.is_loaded():
            self.stdout.write("The demo world is here already.")
            return
        if settings.PRODUCTION or load.is_in_use():
            raise CommandError(
                "This site is in use, so the demo world was not loaded and nothing was changed. "
                "Load it into an empty database."
            )
        self.stdout.write("Loading the demo world:")
        load.load(language, lambda done: self.stdout.write(f"  {done}"))
