from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hakapa.accounts.http import HtmxRequest, UserRequest
from hakapa.accounts.models import AnyUser
from hakapa.kernel.addresses import absolute
from hakapa.notices import actions, emails, queries
from hakapa.notices.forms import ChoosingForm
from hakapa.notices.models import CalendarAddress, Reader


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mine(request: UserRequest) -> HttpResponse:
    return _choose(request, actions.reader_of(request.user), request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def by_mail(request: HtmxRequest, signed: str) -> HttpResponse:
    reader = reader_of_link(signed)
    return _choose(request, reader, reader.account or AnonymousUser(), signed)


@require_POST
@login_required
def receive_again(request: UserRequest) -> HttpResponse:
    actions.receive_again(actions.reader_of(request.user))
    messages.success(request, _("Mail is sent to you again."))
    return redirect("notices:choose")


@require_POST
@login_required
def unfollow(request: UserRequest, pk: int) -> HttpResponse:
    reader = actions.reader_of(request.user)
    actions.unfollow(get_object_or_404(reader.follows, pk=pk))
    messages.success(request, _("You no longer follow it."))
    return redirect("notices:choose")


@require_POST
def unfollow_by_mail(request: HtmxRequest, signed: str, pk: int) -> HttpResponse:
    reader = reader_of_link(signed)
    actions.unfollow(get_object_or_404(reader.follows, pk=pk))
    if not Reader.objects.filter(pk=reader.pk).exists():
        return render(request, "notices/stopped.html")
    return redirect("notices:choose_by_mail", signed)


def reader_of_link(signed: str) -> Reader:
    """Return whose mail the link stood in; a link that is not ours leads nowhere."""
    pk = emails.opened("reader", signed)
    if pk is None:
        raise Http404
    return get_object_or_404(Reader.objects.select_related("account"), pk=pk)


def _choose(request: HtmxRequest, reader: Reader, user: AnyUser, signed: str = "") -> HttpResponse:
    form = ChoosingForm(request.POST or None, reader=reader)
    if form.is_valid():
        said = form.cleaned_data
        actions.choose(reader, form.chosen(), weekday=said["weekday"], language=said["language"])
        messages.success(request, _("Saved."))
        return redirect(request.path)
    context = {
        "form": form,
        "reader": reader,
        "signed": signed,
        "followed": queries.followed_by(reader, user),
        "stop_url": reverse("notices:stop", args=[emails.token("reader", reader.pk)]),
    }
    if not signed:
        calendar = CalendarAddress.objects.filter(account=reader.account).first()
        context["calendar"] = absolute(calendar.get_absolute_url()) if calendar else ""
    return render(request, "notices/choose.html", context)
