"""What every feature must keep, checked for all of them at once."""

import ast
import hashlib
import re
import tomllib
from pathlib import Path

import pytest
import rules
from django.apps import apps
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hakapa.config import messages
from hakapa.process.models import Movable

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "hakapa"
FEATURES = (
    "accounts", "moderation", "challenges", "labs", "proposals", "commitments", "notices",
)  # fmt: skip
MODELS = [model for model in apps.get_models() if model.__module__.startswith("hakapa.")]
MOVABLES = [model for model in MODELS if issubclass(model, Movable)]
LONGEST_FILE = 250
LONGEST_FUNCTION = 30
LONGEST_KERNEL = 60  # a numeric loop reads best in one piece
USUAL_NAMES = {
    "__init__", "actions", "api", "apps", "emails", "feeds", "forms", "http", "lifecycle",
    "models", "panels", "queries", "reactions", "rules", "tasks", "urls", "views",
}  # fmt: skip
# Domain modules that stand beside the usual names, each with a noun of its own; see docs/adr.
OWN_NAMES = {
    "challenges": {"tags"},
    "labs": {
        "ballots",
        "cards",
        "chapters",
        "closing",
        "codes",
        "documents",
        "formats",
        "maps",
        "polis",
        "qr",
        "screens",
        "seats",
    },
    "moderation": {"subjects"},
    "proposals": {"descent"},
    "commitments": {"closing", "standing", "statements"},
    "notices": {"bounces", "calendars", "kinds", "outside", "previews", "seeing", "topics"},
}
NOT_UNDERSTOOD_YET = {"utils", "helpers", "common", "manager", "service", "data", "info"}


def _written() -> list[Path]:
    kinds = ("*.py", "*.html", "*.css")
    return [
        path
        for kind in kinds
        for path in PACKAGE.rglob(kind)
        if not {"migrations", "vendor"} & set(path.parts)
    ]


@pytest.mark.parametrize("model", MODELS)
def test_a_model_says_what_it_is(model):
    historical = model.__name__.startswith("Historical")

    assert historical or not model.__doc__.startswith(f"{model.__name__}(")  # Django's own filler


@pytest.mark.parametrize("model", MOVABLES)
def test_every_state_is_reached_and_no_other(model):
    field = model._meta.get_field("state")
    reached = {field.default, *(move.target for move in model.lifecycle)}

    assert reached == set(dict(field.choices))


@pytest.mark.parametrize("model", MOVABLES)
def test_every_move_has_a_rule(model):
    names = [
        f"{model._meta.app_label}.{move.name}_{model._meta.model_name}"
        for move in model.lifecycle
        if not move.consequence  # the system's own moves are refused to every person
    ]

    assert [name for name in names if not rules.perm_exists(name)] == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_keeps_to_the_usual_file_names(feature):
    allowed = USUAL_NAMES | OWN_NAMES.get(feature, set())
    found = {path.stem for path in (PACKAGE / feature).glob("*.py")}
    found |= {path.parent.name for path in (PACKAGE / feature).glob("*/__init__.py")}

    assert found - allowed == {"tests", "migrations"} | (found & {"management", "templatetags"})


def test_no_module_has_a_name_that_says_nothing():
    assert [path for path in _written() if path.stem in NOT_UNDERSTOOD_YET] == []


def test_no_file_is_too_long_to_read():
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in _written()
    }

    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_function_is_too_long_to_read():
    too_long = {
        f"{path.relative_to(ROOT)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in PACKAGE.rglob("*.py")
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and _length_without_docstring(node) > _longest(path)
    }

    assert too_long == {}


def _longest(path: Path) -> int:
    return LONGEST_KERNEL if "algorithms" in path.parts else LONGEST_FUNCTION


def _length_without_docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    docstring = node.body[0] if ast.get_docstring(node) else None
    words = docstring.end_lineno - docstring.lineno + 1 if docstring else 0
    return node.end_lineno - node.lineno + 1 - words


def _patterns(resolver: URLResolver, names: tuple[str, ...] = ()) -> list[tuple[str, URLPattern]]:
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*names, entry.namespace) if entry.namespace else names
            found += _patterns(entry, inner)
        elif entry.name and names and names[0] != "api":
            found.append((":".join([*names, entry.name]), entry))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "pattern"), _patterns(get_resolver()))
def test_every_view_restricts_its_methods(client, name, pattern):
    examples = {"form": "csv", "code": "ABC234", "slug": "labb"}
    arguments = {key: examples.get(key, 1) for key in pattern.pattern.converters}

    response = client.delete(reverse(name, kwargs=arguments))

    assert response.status_code == 405


@pytest.mark.parametrize("feature", messages.features(), ids=lambda folder: folder.name)
def test_every_sentence_has_swedish(feature):
    assert messages.untranslated(feature) == []


@pytest.mark.parametrize("feature", messages.features(), ids=lambda folder: folder.name)
def test_no_translation_loses_a_placeholder(feature):
    lost = []
    for message in messages.written(feature):
        english = message.id if isinstance(message.id, tuple) else (message.id,)
        swedish = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and _placeholders(swedish[-1]) != _placeholders(english[-1]):
            lost.append(message.id)

    assert lost == []


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]", text))


def test_vendored_files_are_as_they_came():
    vendor = PACKAGE / "web" / "static" / "vendor"
    packages = tomllib.loads((vendor / "VENDOR.toml").read_text(encoding="utf-8"))["package"]
    sums = {name: sum_ for package in packages for name, sum_ in package["sha256"].items()}
    found = {
        path.relative_to(vendor).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.rglob("*")
        if path.is_file() and path.name != "VENDOR.toml"
    }

    assert found == sums


def test_no_page_holds_inline_script_or_style():
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=\"|javascript:")
    pages = [path for path in _written() if path.suffix == ".html"]

    assert [p.name for p in pages if inline.search(p.read_text(encoding="utf-8"))] == []


def test_no_address_of_a_package_registry_is_written_down():
    locks = (ROOT / "requirements").glob("*.txt")

    assert [lock.name for lock in locks if "://" in lock.read_text(encoding="utf-8")] == []
