"""Write the part of the reference that the code can tell itself.

`.venv/bin/python docs/generate.py` writes docs/reference; with `--check` it writes nothing and
returns 1 when a file is not current.
"""  # noqa: INP001

import json
import os
import sys
from pathlib import Path

import django
from django.utils import translation

REFERENCE = Path(__file__).resolve().parent / "reference"


def main(words: list[str]) -> int:
    """Write or check every generated file."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hakapa.config.settings")
    django.setup()
    if words not in ([], ["--check"]):
        sys.stderr.write(__doc__ or "")
        return 2
    with translation.override("en"):
        files = _files()
    stale = [name for name, text in files.items() if _now(name) != text]
    for name in stale:
        if words:
            sys.stdout.write(f"docs/reference/{name} is not current: run docs/generate.py\n")
        else:
            (REFERENCE / name).write_text(files[name], encoding="utf-8")
            sys.stdout.write(f"wrote docs/reference/{name}\n")
    return 1 if words and stale else 0


def _files() -> dict[str, str]:
    """Return every generated file's text by its name; imported once Django is ready."""
    from telling import api, commands, lifecycles, permissions, settings  # noqa: PLC0415

    return {
        "permissions.md": permissions.page(),
        "settings.md": settings.page(),
        "commands.md": commands.page(),
        "lifecycles.md": lifecycles.page(),
        **lifecycles.drawings(),
        "openapi.json": json.dumps(api.schema(), indent=2, ensure_ascii=False) + "\n",
        "api.md": api.page(),
    }


def _now(name: str) -> str | None:
    path = REFERENCE / name
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
