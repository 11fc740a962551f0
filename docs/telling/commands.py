"""Every command of the site, as its own help tells."""

from argparse import SUPPRESS, Action

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from telling import NOTE, table

HEAD = f"""{NOTE}
# Commands

`hakapa` lives in `.venv/bin`. Without `DATABASE_URL` it starts the embedded PostgreSQL for as long
as the command runs. Dashes and underscores in a command's name are the same. Every command of
Django's is there too: `hakapa migrate`, `hakapa createsuperuser`, `hakapa collectstatic`,
`hakapa check --deploy`; `hakapa help` lists them all.
"""
_DJANGOS = set(BaseCommand().create_parser("hakapa", "any")._option_string_actions)  # noqa: SLF001


def page() -> str:
    """Return the page of every command that is our own."""
    own = sorted(name for name, app in get_commands().items() if str(app).startswith("hakapa."))
    return "".join([HEAD, *(_section(name, str(get_commands()[name])) for name in own)])


def _section(name: str, app: str) -> str:
    command = load_command_class(app, name)
    parser = command.create_parser("hakapa", name)
    actions = [action for action in parser._actions if not _is_djangos(action)]  # noqa: SLF001
    shown = name.replace("_", "-")
    usage = " ".join(["hakapa", shown, *(_usage(action) for action in actions)])
    part = f"\n## `hakapa {shown}`\n\n{command.help}\n\n```text\n{usage}\n```\n"
    if actions:
        part += "\n" + table(["word", "meaning", "otherwise"], [_row(a) for a in actions])
    return part


def _is_djangos(action: Action) -> bool:
    return bool(action.option_strings) and _DJANGOS.issuperset(action.option_strings)


def _word(action: Action) -> str:
    value = action.metavar or action.dest.upper()
    if action.choices:
        value = "{" + ",".join(map(str, action.choices)) + "}"
    if not action.option_strings:
        return str(value)
    return action.option_strings[-1] + ("" if action.nargs == 0 else f" {value}")


def _usage(action: Action) -> str:
    needed = action.required or not action.option_strings
    return _word(action) if needed else f"[{_word(action)}]"


def _row(action: Action) -> list[str]:
    default = "" if action.default in (None, "", SUPPRESS) else f"`{action.default}`"
    return [f"`{_word(action)}`", str(action.help or ""), "needed" if action.required else default]
