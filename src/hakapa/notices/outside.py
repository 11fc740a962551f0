"""How something is sent to an address that somebody else has chosen, and nothing gives way.

The address must be https and lead to the public internet. Its name is looked up once, and what is
called is the very address that was checked. Nothing is followed, little is read, and all of it
takes a few seconds at most.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import httpx

LONGEST = 10.0  # seconds, all in all
HTTPS = 443


class NotOutsideError(Exception):
    """The address is not one that may be called."""


class NoAnswerError(Exception):
    """Nobody answered, or not as HTTP does, or not in time."""


@dataclass(frozen=True)
class Place:
    """Where a name leads: checked, and called as it was checked."""

    url: SplitResult
    ip: str
    port: int


def checked(url: str) -> Place:
    """Return where the address leads.

    Raises:
        NotOutsideError: it is not https, has a user name in it, or leads to somewhere not public.

    """
    parts = urlsplit(url)
    try:
        port = parts.port or HTTPS
    except ValueError as error:
        raise NotOutsideError("no such port") from error
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
        raise NotOutsideError("only plain https addresses")
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotOutsideError("no such host") from error
    ips = [str(entry[4][0]) for entry in found]
    if not ips or not all(is_public(ip) for ip in ips):
        raise NotOutsideError("not a public address")
    return Place(parts, ips[0], port)


def is_public(text: str) -> bool:
    """Tell whether the IP address is one of the public internet, whatever it is wrapped in."""
    ip = ipaddress.ip_address(text.split("%", maxsplit=1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if any(ip in network for network in _WRAPPING):
            return False
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


# IPv6 addresses that hold an IPv4 address, which could be anything: NAT64, 6to4, Teredo, and the
# old way to be compatible.
_WRAPPING = [
    ipaddress.IPv6Network(network)
    for network in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")
]


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Send the body and return the status of the answer, which is not read further.

    Raises:
        NotOutsideError: the address is not one that may be called.
        NoAnswerError: nobody answered in time.

    """
    place = checked(url)
    try:
        return asyncio.run(_posted(place, body, headers))
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
        raise NoAnswerError(type(error).__name__) from error


async def _posted(place: Place, body: bytes, headers: Mapping[str, str]) -> int:
    host = f"[{place.ip}]" if ":" in place.ip else place.ip
    pinned = place.url._replace(netloc=f"{host}:{place.port}", fragment="").geturl()
    sent = {**headers, "Host": place.url.netloc, "Accept-Encoding": "identity"}
    async with (
        asyncio.timeout(LONGEST),
        httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=LONGEST) as client,
        client.stream(
            "POST",
            pinned,
            content=body,
            headers=sent,
            extensions={"sni_hostname": place.url.hostname},
        ) as answer,
    ):
        return answer.status_code
