"""The message catalogues: collected, checked and compiled with Babel, without gettext's programs.

`python -m hakapa.config.messages update` writes new English sentences into each feature's
`locale/sv`, `check` tells what has no Swedish, `compile` makes what Django reads.
"""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

DAY_ONE = datetime(2026, 11, 23, tzinfo=UTC)
PACKAGE = Path(__file__).resolve().parents[1]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def features() -> list[Path]:
    """Return the folders that hold sentences of their own."""
    return sorted(folder for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists())


def catalogue_of(feature: Path) -> Path:
    """Return where the feature's Swedish is."""
    return feature / "locale" / "sv" / "LC_MESSAGES" / "django.po"


def collected(feature: Path) -> Catalog:
    """Return the sentences that stand in the feature's code and templates."""
    catalogue = Catalog(locale="sv", project="Hakapå", charset="utf-8")
    for path in _sources(feature):
        for line, message, comments, context in _sentences(path):
            place = (path.relative_to(PACKAGE.parent).as_posix(), line)
            catalogue.add(message, None, [place], auto_comments=comments, context=context)
    return catalogue


def written(feature: Path) -> Catalog:
    """Return the feature's Swedish as it stands in its file."""
    path = catalogue_of(feature)
    if not path.exists():
        return Catalog(locale="sv", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="sv")


def untranslated(feature: Path) -> list[str]:
    """Return the sentences in use that have no Swedish."""
    swedish = written(feature)
    missing = []
    for message in collected(feature):
        if not message.id:
            continue
        known = swedish.get(message.id, message.context)
        words = known.string if known else ""
        parts = words if isinstance(words, (tuple, list)) else (words,)
        if known is None or known.fuzzy or not all(parts):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def update(feature: Path) -> None:
    """Write the sentences in use into the feature's file, keeping the Swedish there is.

    The site's own folder also keeps Swedish for sentences of the libraries we build on.
    """
    fresh, swedish = collected(feature), written(feature)
    for message in swedish:
        if message.id and feature.name == "config":
            fresh.add(message.id, context=message.context)
    for message in fresh:
        known = swedish.get(message.id, message.context) if message.id else None
        if known:
            message.string = known.string
    fresh.creation_date = DAY_ONE  # a date of today would change every file every time
    path = catalogue_of(feature)
    if len(fresh):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, fresh, width=100, omit_header=False, sort_by_file=True, no_location=True)


def compile_all() -> None:
    """Make the binary catalogues that Django reads, where the written ones are newer."""
    for feature in features():
        source = catalogue_of(feature)
        binary = source.with_suffix(".mo")
        if source.exists() and (
            not binary.exists() or binary.stat().st_mtime < source.stat().st_mtime
        ):
            with binary.open("wb") as file:
                write_mo(file, written(feature))


def _sources(feature: Path) -> Iterator[Path]:
    for path in sorted(feature.rglob("*")):
        inside = path.relative_to(feature).parts
        if path.suffix in (".py", ".html") and not {"tests", "migrations", "static"} & set(inside):
            yield path


def _sentences(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    text = path.read_text(encoding="utf-8")
    # In brackets, so that what stands for a template's other text needs no indentation.
    source = f"({templatize(text, origin=str(path))}\n)" if path.suffix == ".html" else text
    yield from extract("python", io.BytesIO(source.encode()), KEYWORDS, ["Translators:"])


def main(words: list[str]) -> int:
    """Do what the one word says; return 1 when a check finds something."""
    match words:
        case ["compile"]:
            compile_all()
        case ["update"]:
            for feature in features():
                update(feature)
        case ["check"]:
            missing = {f.name: gone for f in features() if (gone := untranslated(f))}
            for name, sentences in missing.items():
                for sentence in sentences:
                    sys.stdout.write(f"{name}: {sentence}\n")
            return 1 if missing else 0
        case _:
            sys.stderr.write((__doc__ or "") + "\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
