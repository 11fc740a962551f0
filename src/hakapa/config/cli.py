"""The command `hakapa`: the algorithms, the site's own commands, and every one of Django's."""

import os
import sys

from django.core.management import execute_from_command_line

from hakapa.algorithms import cli as algorithms
from hakapa.config import database, messages


def main() -> None:
    """Run a command; dashes and underscores in its name are the same.

    The algorithms need no database, and get none.
    """
    program, *words = sys.argv
    if words and words[0] in algorithms.COMMANDS:
        sys.exit(algorithms.main(words))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hakapa.config.settings")
    if words:
        words[0] = words[0].replace("-", "_")
        messages.compile_all()  # before Django reads them, once for the whole process
        database.ensure_running()
    execute_from_command_line([program, *words])
