from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hakapa.accounts.http import HtmxRequest
from hakapa.accounts.models import User
from hakapa.notices import actions, emails, queries
from hakapa.notices.forms import AddressForm
from hakapa.notices.models import Follow
from hakapa.notices.queries.sentences import title
from hakapa.notices.topics import BY_SLUG, label_of
from hakapa.notices.views.choosing import reader_of_link

READING = ["GET", "HEAD", "POST"]


@require_http_methods(READING)
def follow(request: HtmxRequest, slug: str, pk: int) -> HttpResponse:
    thing = queries.thing_of(slug, pk, request.user)
    if thing is None:
        raise Http404
    context = {"thing": thing, "title": title(thing), "this": BY_SLUG[slug].this, "slug": slug}
    if isinstance(request.user, User):
        return _follow_signed_in(request, request.user, thing, context)
    form = AddressForm(request.POST or None)
    if form.is_valid():
        return _ask(request, thing, form.cleaned_data["email"], context)
    return render(request, "notices/follow.html", {**context, "form": form})


@require_http_methods(READING)
def confirm(request: HtmxRequest, signed: str) -> HttpResponse:
    pk = emails.opened("follow", signed)
    if pk is None:
        raise Http404
    followed = get_object_or_404(Follow.objects.select_related("reader"), pk=pk)
    if request.method == "POST":
        now_followed = actions.confirm(followed)
        link = emails.token("reader", now_followed.reader_id)
        return render(request, "notices/confirmed.html", {"signed": link})
    return render(request, "notices/confirm.html")


# A mail program that ends the mails with one click has no token of a form's.
@csrf_exempt
@require_http_methods(READING)
def stop(request: HtmxRequest, signed: str) -> HttpResponse:
    reader = reader_of_link(signed)
    if request.method == "POST":
        actions.stop_everything(reader)
        return render(request, "notices/stopped.html")
    return render(request, "notices/stop.html", {"signed": signed, "reader": reader})


def _follow_signed_in(
    request: HtmxRequest, user: User, thing: Any, context: dict[str, object]
) -> HttpResponse:
    followed = queries.following(user, thing)
    if request.method != "POST":
        return render(request, "notices/follow.html", {**context, "followed": followed})
    if followed:
        actions.unfollow(followed)
        messages.success(request, _("You no longer follow it."))
    else:
        actions.follow(actions.Thing(label_of(thing), thing.pk), by=user)
        messages.success(request, _("You follow it. What happens is told in your notices."))
    return redirect(thing)


def _ask(request: HtmxRequest, thing: Any, email: str, context: dict[str, object]) -> HttpResponse:
    place = salted_hmac("notices.asking", request.META["REMOTE_ADDR"], algorithm="sha256")
    try:
        actions.ask_to_follow(
            actions.Thing(label_of(thing), thing.pk),
            email=email,
            language=get_language(),
            origin=place.hexdigest(),
        )
    except actions.TooManyError:
        return render(request, "429.html", status=429)
    return render(request, "notices/asked.html", {**context, "email": email})
