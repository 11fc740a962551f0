"""The read API: its description, and what it offers at a glance."""

from typing import Any

from hakapa.config.api import api
from telling import NOTE, table

HEAD = f"""{NOTE}
# The API

The API reads everything public as JSON: no key, no account, nothing to ask for. A site serves its
own description at `/api/v1/openapi.json`; the one of this version lies beside this page:
{{download}}`openapi.json`.

Names are English. What people wrote comes in the language they wrote it in, which `language` tells.
A list comes in pages: `items`, and `count` for how many there are in all; `limit` and `offset` turn
the pages. A parameter that cannot be read gives status 400 with the parameter and the reason.

"""


def schema() -> dict[str, Any]:
    """Return the API's description as a program reads it."""
    described: dict[str, Any] = api.get_openapi_schema()
    return described


def page() -> str:
    """Return the page of every address."""
    rows = [
        [f"`{verb.upper()} {path}`", operation.get("summary", ""), _asked(operation)]
        for path, verbs in schema()["paths"].items()
        for verb, operation in verbs.items()
    ]
    return HEAD + table(["address", "gives", "parameters"], rows)


def _asked(operation: dict[str, Any]) -> str:
    return ", ".join(f"`{one['name']}`" for one in operation.get("parameters", []))
