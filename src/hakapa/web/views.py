from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hakapa.accounts.http import HtmxRequest
from hakapa.web import front
from hakapa.web.middleware import texts_sent


@require_safe
def start(request: HtmxRequest) -> HttpResponse:
    return render(request, "web/start.html", front.front_page(request.user))


@require_safe
def about(request: HtmxRequest) -> HttpResponse:
    return render(request, "web/about.html")


@require_safe
def accessibility(request: HtmxRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")


@require_safe
def privacy(request: HtmxRequest) -> HttpResponse:
    return render(request, "web/privacy.html")


@require_safe
def open_data(request: HtmxRequest) -> HttpResponse:
    return render(request, "web/open_data.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _refusal(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return _refusal(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _refusal(request, HTTPStatus.FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    context = {"written": texts_sent(request)}
    return render(request, "403_csrf.html", context, status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _refusal(request, HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    return _refusal(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def _refusal(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    return render(request, f"{status.value}.html", status=status)
