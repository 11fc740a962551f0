"""A closed lab as open data: one zip that other tools, and our own, can read again."""

import csv
import json
import tempfile
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from hakapa.algorithms import opinion
from hakapa.kernel.tables import Table, harmless
from hakapa.labs import maps, queries
from hakapa.labs.documents import tables
from hakapa.labs.models import Lab, OpinionMap

LICENCE = "CC0-1.0"
_IN_MEMORY = 20_000_000  # bytes; a larger zip goes by way of the disk


def packed(lab: Lab, *, site: str) -> BinaryIO:
    """Return the lab's open data as a zip; the names in it are English, as in the API."""
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  (the answer closes it)
    with tempfile.TemporaryDirectory() as place, override("en"):
        folder = Path(place)
        _fill(lab, folder, site)
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    archive.write(path, path.relative_to(folder))
    file.seek(0)
    return file  # type: ignore[return-value]  # it is one, but not by name


def _fill(lab: Lab, folder: Path, site: str) -> None:
    page = site.rstrip("/") + reverse("labs:report", args=[lab.pk])
    kept = OpinionMap.objects.filter(lab=lab, people__gt=0).first()
    for name in ("polis", "metagov"):
        (folder / name).mkdir()
    _write_answers(lab, folder, page, kept)
    for table in [*tables.of_lab(lab), *tables.of_later_steps(lab)]:
        _write(folder / f"{table.name}.csv", table)
    if kept:
        document = {**kept.shown, "inputs": kept.inputs}
        _write_words(folder / "map.json", json.dumps(document, ensure_ascii=False))
        for language, told in kept.told.items():
            _write_words(folder / f"map.{language}.svg", told["drawing"])
    context = {"lab": lab, "page": page, "map": kept}
    for name in ("README.md", "LICENSE.txt"):
        _write_words(folder / name, render_to_string(f"labs/open_data/{name}", context))


def _write_answers(lab: Lab, folder: Path, page: str, kept: OpinionMap | None) -> None:
    """Write the answers in the formats of others."""
    words = dict(queries.open_statements(lab).values_list("pk", "text"))
    votes = maps.answers_of(lab, known=words)
    votes = votes.with_texts({pk: str(harmless(text)) for pk, text in words.items()})
    shown = _groups(kept)
    at = int(lab.starts_at.timestamp()) * 1000
    opinion.write_polis(votes, folder / "polis", shown, at=at)
    opinion.write_metagov(votes, folder / "metagov", title=lab.title, licence=LICENCE, shown=shown)
    told = [["url", page], ["conversation-description", lab.purpose]]
    summary = Table("summary", ["topic", lab.title], told)
    _write(folder / "polis" / "summary.csv", summary, mark="")


def _groups(kept: OpinionMap | None) -> opinion.OpinionMap | None:
    """Return the map with who is in which group, unless some group is too small to be told."""
    if kept is None:
        return None
    shown = opinion.recompute({**kept.shown, "inputs": kept.inputs})
    return shown if min(shown.groups.sizes) >= queries.SMALLEST_CELL else None


def _write(path: Path, table: Table, *, mark: str = "\ufeff") -> None:
    """Write a table, with the mark by which spreadsheets know UTF-8 unless another reads it."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(mark)
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow([harmless(column) for column in table.columns])
        rows.writerows([harmless(cell) for cell in row] for row in table.rows)


def _write_words(path: Path, words: str) -> None:
    path.write_text(words, encoding="utf-8")
