from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hakapa.kernel.lifecycle import TooLateError


class RefusalMiddleware:
    """Tell the visitor in plain words that they were too late, and that nothing was lost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path_info:
            raise BadRequest("no text holds a null, and the database refuses it")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, TooLateError):
            return render(request, "409.html", {"written": texts_sent(request)}, status=409)
        return None


def texts_sent(request: HttpRequest) -> list[str]:
    """Return the texts that were sent, so that they can be copied."""
    return [
        text
        for name, texts in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for text in map(str, texts)
        if len(text) > 20  # noqa: PLR2004  (shorter ones are choices, not writing)
    ]
