# Daily work. `just` alone lists what there is; bin/run and bin/test need none of it.

bin := ".venv/bin"
lock_options := "--quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header"

_default:
    @just --list --unsorted

# make or renew .venv with everything that development needs
setup:
    sh bin/setup . requirements/run.txt requirements/dev.txt
    {{ bin }}/python -m hakapa.config.messages compile

# start the site; HOST and PORT say where
run:
    bin/run

# format the code, and mend what can be mended by itself
fmt:
    {{ bin }}/ruff check --fix --quiet . || true
    {{ bin }}/ruff format .

# everything that must hold before a change goes in
check:
    bin/test

# style, format, templates, dependencies, spelling, licences, missing Swedish
lint:
    {{ bin }}/ruff check .
    {{ bin }}/ruff format --check .
    {{ bin }}/djangofmt check --quiet src
    {{ bin }}/deptry src
    {{ bin }}/codespell
    {{ bin }}/reuse lint --quiet
    {{ bin }}/python -m hakapa.config.messages check

# types, strictly
types:
    {{ bin }}/mypy

# who may import whom
layers:
    {{ bin }}/lint-imports

# tests, or those that are named: just test src/hakapa/labs -k join
test *words:
    {{ bin }}/python -m pytest -n auto {{ words }}

# the tests in a real browser
e2e *words:
    {{ bin }}/python -m pytest {{ words }} tests/e2e

# measure; figures belong in docs/explanation/measured.md
bench:
    mkdir -p var
    {{ bin }}/python -m bench.pages --json var/pages.json
    @echo "var/pages.json"

# a lab of many phones against the database: just live --phones 300 --seconds 20
live *words:
    mkdir -p var
    {{ bin }}/python -m bench.live --json var/live.json {{ words }}
    @cat var/live.json

# kill what serves in the middle of voting, and compare; on a database server of its own
faults *words:
    mkdir -p var
    {{ bin }}/python -m bench.faults --json var/faults.json {{ words }}
    @cat var/faults.json

# write the generated reference and make the documentation in docs/_build
docs:
    {{ bin }}/python docs/generate.py
    {{ bin }}/sphinx-build -q -W docs docs/_build
    @echo "docs/_build/index.html"

# collect sentences for translation, tell which have no Swedish, compile
messages:
    {{ bin }}/python -m hakapa.config.messages update
    -{{ bin }}/python -m hakapa.config.messages check
    {{ bin }}/python -m hakapa.config.messages compile

# what the next release would say
changelog:
    {{ bin }}/towncrier build --config changelog.d/towncrier.toml --dir . --draft --version next

# lock the dependencies of pyproject.toml, with hashes and without any index's address
lock:
    {{ bin }}/uv pip compile pyproject.toml --group build {{ lock_options }} -o requirements/run.txt
    {{ bin }}/uv pip compile --group dev -c requirements/run.txt {{ lock_options }} -o requirements/dev.txt
