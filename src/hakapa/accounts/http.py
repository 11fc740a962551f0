"""The requests that views receive, typed."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from hakapa.accounts.models import AnyUser, User


class HtmxRequest(HttpRequest):
    """A request that knows whether htmx sent it."""

    htmx: HtmxDetails
    user: AnyUser


class UserRequest(HtmxRequest):
    """A request from someone who has signed in."""

    user: User
