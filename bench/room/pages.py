"""What phones do by the ordinary pages: take a seat, and write a contribution."""

import asyncio
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from typing_extensions import override

from bench.room.wire import HOST

FOUND, SAVED = 302, (200, 201, 302)


class _Forms(HTMLParser):
    """The forms of a page with what is filled in, and what the page tells its script."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.body: dict[str, str | None] = {}
        self._select = ""

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "body":
            self.body = given
        elif tag == "form":
            self.forms.append({})
        elif not self.forms:
            return
        elif tag in ("input", "textarea") and name:
            if given.get("type") in ("radio", "checkbox") and "checked" not in given:
                return
            self.forms[-1][name] = given.get("value") or ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in given or self._select not in self.forms[-1]):
            self.forms[-1][self._select] = given.get("value") or ""


class Browser:
    """A browser without scripts: keeps its cookie, fills in forms."""

    def __init__(self, port: int) -> None:
        self._port, self._cookies = port, SimpleCookie()

    async def join(self, code: str) -> None:
        """Take a seat in the lab by its page."""
        path = f"/labb/med/{code}/"
        form = _form(await self._ask("GET", path), "csrfmiddlewaretoken")
        status, _ = await self._send(path, form | {"perspective": "resident"})
        if status != FOUND:
            raise RuntimeError(f"no seat: {status}")

    async def seat(self, code: str) -> str | None:
        """Return the seat's token, where the phone's page tells it to its script."""
        _, page = await self._ask("GET", f"/labb/med/{code}/skriv/")
        forms = _Forms()
        forms.feed(page)
        return forms.body.get("data-seat")

    async def write(self, code: str, text: str) -> str | None:
        """Write a contribution; return its key when it is acknowledged, else None."""
        path = f"/labb/med/{code}/skriv/"
        form = _form(await self._ask("GET", path), "key")
        status, _ = await self._send(path, form | {"text": text})
        return form["key"] if status in SAVED else None

    async def _send(self, path: str, form: dict[str, str]) -> tuple[int, str]:
        return await self._ask("POST", path, urlencode(form))

    async def _ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        reader, writer = await asyncio.open_connection(HOST, self._port)
        cookie = self._cookies.output(attrs=[], header="", sep=";").strip()
        head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n"
        head += f"Cookie: {cookie}\r\n" if cookie else ""
        if body:
            head += "Content-Type: application/x-www-form-urlencoded\r\n"
            head += f"Content-Length: {len(body)}\r\n"
        writer.write(f"{head}\r\n{body}".encode())
        answer = await reader.read()
        writer.close()
        head, _, page = answer.decode(errors="replace").partition("\r\n\r\n")
        for line in head.split("\r\n"):
            if line.lower().startswith("set-cookie:"):
                self._cookies.load(line.split(":", 1)[1])
        return int(head[9:12]), page


def _form(answer: tuple[int, str], field: str) -> dict[str, str]:
    """Return the page's form that holds the field, as it is filled in."""
    status, page = answer
    forms = _Forms()
    forms.feed(page)
    found = next((form for form in forms.forms if field in form), None)
    if found is None:
        raise RuntimeError(f"no form with {field}: {status}")
    return found
