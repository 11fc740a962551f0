"""Whether a request was sent by a page of another site."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers

_OURS = ("same-origin", "none")  # none: somebody typed the address


def is_from_elsewhere(headers: Headers) -> bool:
    """Tell by what browsers say and no script can change; a program that says nothing may ask."""
    if headers.get("sec-fetch-site", "none") not in _OURS:
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")
