"""`hakapa map | fund | share | rotate`: the algorithms without a database."""

import argparse
import contextlib
import importlib
import io
import sys
from collections.abc import Sequence
from types import ModuleType

from hakapa.algorithms.errors import BadInputError

COMMANDS = {
    "map": ("hakapa.algorithms.opinion.command", "draw the opinion map of a conversation"),
    "fund": ("hakapa.algorithms.budgeting.command", "fund projects by the Method of Equal Shares"),
    "share": ("hakapa.algorithms.sharing.command", "share a cost, check it, price late joining"),
    "rotate": ("hakapa.algorithms.rotation.command", "put organisations in turn for seats"),
}
BAD_INPUT = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it succeeded, 2 with one clear line on bad input.

    Only the library of the command that was asked for is imported.
    """
    words = sys.argv[1:] if argv is None else list(argv)
    parser, module = _parser_for(words)
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said):
            args = parser.parse_args(words)
    except SystemExit as leaving:
        return _refuse(said.getvalue().rstrip().rpartition("\n")[2]) if leaving.code else 0
    if module is None:
        return _refuse("hakapa: choose one of " + ", ".join(COMMANDS))
    try:
        return int(module.run(args))
    except BadInputError as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"{error.filename or 'output'}:1: {error.strerror or error}")


def _refuse(reason: str) -> int:
    """Say the reason on one line, whatever it held."""
    sys.stderr.write(" ".join(reason.split()) + "\n")
    return BAD_INPUT


def _parser_for(words: Sequence[str]) -> tuple[argparse.ArgumentParser, ModuleType | None]:
    """Build the parser, with the options of the one command that is asked for."""
    parser = argparse.ArgumentParser(prog="hakapa", description=__doc__)
    subparsers = parser.add_subparsers(metavar="COMMAND")
    asked = next((word for word in words if not word.startswith("-")), None)
    module = None
    for name, (path, meaning) in COMMANDS.items():
        if name == asked:
            module = importlib.import_module(path)
            module.add_parser(subparsers)
        else:
            subparsers.add_parser(name, help=meaning)
    return parser, module


if __name__ == "__main__":
    sys.exit(main())
