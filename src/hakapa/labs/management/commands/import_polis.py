from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from typing_extensions import override

from hakapa.accounts.models import Organisation
from hakapa.kernel.addresses import absolute
from hakapa.labs import actions, polis


class Command(BaseCommand):
    help = "Make a closed lab out of a real conversation in Polis' export format."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            type=Path,
            help="with comments.csv and votes.csv or participants-votes.csv (or the same as .xz)",
        )
        parser.prog = "hakapa import-polis"
        parser.add_argument(
            "--host",
            default="",
            help="the organisation, by name or code; not needed for a sole one",
        )
        parser.add_argument("--title", default="", help="instead of the topic in summary.csv")
        parser.add_argument(
            "--language", default="sv", choices=dict(settings.LANGUAGES), help="of the comments"
        )

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        began = monotonic()
        host = _organisation(options["host"])
        try:
            conversation = self._read(options["folder"])
            imported = actions.import_conversation(
                conversation,
                host=host,
                title=options["title"],
                language=options["language"],
                progress=lambda votes: self._say(f"  {votes:,} votes written"),
            )
        except polis.BrokenExportError as error:
            raise CommandError(f"{error}. Nothing was imported.") from None
        except ValidationError as error:
            reason = " ".join(error.messages)
            raise CommandError(f"{reason} Nothing was imported.") from None
        if imported.is_new:
            self._say(f"Imported in {monotonic() - began:.1f} s.")
        else:
            self._say("This conversation is already here; nothing was imported.")
        self.stdout.write(absolute(imported.lab.get_absolute_url()))

    def _read(self, folder: Path) -> polis.Conversation:
        self._say(f"Reading {folder} …")
        conversation = polis.read(folder)
        self._say(
            f"  {len(conversation.statements):,} statements, "
            f"{len(conversation.participants):,} participants, "
            f"{len(conversation.answers):,} votes"
        )
        if conversation.differing:
            self._say(
                f"  votes.csv and participants-votes.csv differ in {conversation.differing:,} "
                "answers; those in votes.csv count"
            )
        self._say("Writing …")
        return conversation

    def _say(self, words: str) -> None:
        self.stderr.write(words)
        self.stderr.flush()


def _organisation(named: str) -> Organisation:
    found = Organisation.objects.filter(Q(name__iexact=named) | Q(code=named))
    chosen = found.first() if named else None
    if not named and Organisation.objects.count() == 1:
        chosen = Organisation.objects.get()
    if chosen:
        return chosen
    names = ", ".join(
        f"{o.name} ({o.code})" if o.code else o.name for o in Organisation.objects.all()[:30]
    )
    asked = f"No organisation {named!r}" if named else "Say whose it is with --host"
    raise CommandError(f"{asked}. There are: {names or 'none yet'}. Nothing was imported.")
