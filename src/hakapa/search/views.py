from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hakapa.accounts.http import HtmxRequest
from hakapa.kernel.text import tidy
from hakapa.search import queries

LONGEST = 200


@require_safe
def search(request: HtmxRequest) -> HttpResponse:
    words = tidy(request.GET.get("q", ""))[:LONGEST]
    context = {"words": words, "found": queries.find(words, request.user)}
    template = "search/search.html#found" if request.htmx else "search/search.html"
    return render(request, template, context)
