"""How tests read pages: by address in a language, and by the words that a reader sees."""

import html
import re

from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation


def address(name: str, *args: object, language: str = "en") -> str:
    """Return the page's address in the language."""
    with translation.override(language):
        return reverse(name, args=args)


def words_of(response: HttpResponse) -> str:
    """Return what a reader sees of the page: its words, each gap one space."""
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def main_of(response: HttpResponse) -> str:
    """Return the words of the page's own part, without what frames every page."""
    body = response.content.decode()
    part = re.search(r"<main.*?</main>", body, flags=re.DOTALL)
    assert part, "the page has no main part"
    return words_of(HttpResponse(part[0]))


def headings_of(response: HttpResponse, level: int = 2) -> list[str]:
    """Return the headings of the level, in order."""
    found = re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", response.content.decode(), re.DOTALL)
    return [words_of(HttpResponse(heading)) for heading in found]
