"""What a phone shows of its one page: the rest of it waits for a script."""

import re

from django.http import HttpResponse

from hakapa.kernel.tests.pages import words_of


def shown_on(page: HttpResponse) -> str:
    """Return the words of the part that is open: writing, weighing or listening."""
    opened = page.context["opened"]
    part = re.search(rf'<section id="{opened}".*?(?=<section id="|</main>)', page.text, re.DOTALL)
    assert part, "nothing is open"
    assert "hidden" not in part[0].partition(">")[0]
    return words_of(HttpResponse(re.sub(r"<template.*?</template>", "", part[0], flags=re.DOTALL)))
