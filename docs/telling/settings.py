"""Every variable that config/settings.py reads, found in its syntax so that none is missed."""

import ast
from pathlib import Path

from hakapa import config
from telling import NOTE, table

SOURCE = Path(config.__file__).with_name("settings.py")
MEANINGS = {
    "DATABASE_URL": "The PostgreSQL server, 15 or newer: `postgresql://user:password@host/name`. "
    "Without it, `hakapa` starts the embedded server and keeps its data in `var/postgres`.",
    "HAKAPA_VAR": "The folder for what the site writes: collected static files, mail at home.",
    "HAKAPA_DEBUG": "Django's debug pages. Never where others can reach the site.",
    "HAKAPA_PRODUCTION": "The site is real: HTTPS only, secure cookies, HSTS with subdomains, no "
    "demo world; and it refuses to start with an insecure value in the settings beside it.",
    "HAKAPA_SECRET_KEY": "Signs sessions and links in mails. Long, random, your own, kept secret.",
    "HAKAPA_ALLOWED_HOSTS": "The names that the site answers to, with commas between.",
    "HAKAPA_SITE_URL": "The site's address as people type it, where no request tells it.",
    "HAKAPA_DB_POOL": "The most database connections that the pages of one process keep; the live "
    "room keeps two more. The sum over all processes must stay below PostgreSQL's "
    "`max_connections`.",
    "HAKAPA_EMAIL_URL": "The mail server, as `smtp+tls://user:password@host:587` (STARTTLS) or "
    "`smtp://host:25`. Without it, mails are written to files in the folder `mail` of HAKAPA_VAR.",
    "HAKAPA_FROM_EMAIL": "The sender of the site's mails.",
    "HAKAPA_REPLY_TO": "Where answers to the site's mails go, when somebody reads them. Without it "
    "they go to the sender.",
    "HAKAPA_LOG_LEVEL": "How much is logged: `DEBUG`, `INFO`, `WARNING` or `ERROR`.",
}
HEAD = f"""{NOTE}
# Settings

All settings are environment variables, read once when a process starts, in
`src/hakapa/config/settings.py`. None is needed on your own machine. `bin/run` also reads `HOST` and
`PORT`, where it serves: `localhost` and `8000` unless you say otherwise.

A yes is written `1`, `true` or `yes`.

"""


def page() -> str:
    """Return the page of every variable.

    Raises:
        LookupError: a variable has no meaning here, or a meaning has no variable.

    """
    read = _read()
    if read.keys() != MEANINGS.keys():
        odd = ", ".join(sorted(read.keys() ^ MEANINGS.keys()))
        raise LookupError(f"settings.py and docs/telling/settings.py differ in: {odd}")
    rows = [[f"`{name}`", default, MEANINGS[name]] for name, default in read.items()]
    return HEAD + table(["variable", "default", "meaning"], rows)


def _read() -> dict[str, str]:
    """Return each variable with its default, in the order of the file."""
    found: dict[str, tuple[int, str]] = {}
    for node in ast.walk(ast.parse(SOURCE.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and (name := _variable(node)):
            default = ast.unparse(node.args[1]) if len(node.args) > 1 else ""
            found[name] = node.lineno, _plain(default)
    return {name: default for name, (_, default) in sorted(found.items(), key=lambda f: f[1][0])}


def _variable(call: ast.Call) -> str:
    """Return the name of the variable that the call reads; empty when it reads none."""
    if not (isinstance(call.func, ast.Attribute) and call.args):
        return ""
    first, reader = call.args[0], call.func.value
    if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
        return ""
    if isinstance(reader, ast.Name) and reader.id == "env":
        return f"HAKAPA_{first.value}"
    is_plain = isinstance(reader, ast.Call) and getattr(reader.func, "id", "") == "Env"
    return first.value if is_plain else ""


def _plain(default: str) -> str:
    """Return a default as somebody would write it in the environment."""
    known = {"BASE_DIR / 'var'": "`var` in the checkout", "['*']": "`*` (every name)", "''": "none"}
    values = {"False": "no", "True": "yes", "'postgresql:///hakapa'": "the embedded server"}
    return known.get(default) or values.get(default) or (f"`{default.strip(chr(39))}`")
