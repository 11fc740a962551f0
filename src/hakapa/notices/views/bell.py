from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hakapa.accounts.http import HtmxRequest, UserRequest
from hakapa.notices import actions, queries

PER_PAGE = 30


@require_safe
@login_required
def index(request: UserRequest) -> HttpResponse:
    notices = queries.notices_of(request.user).select_related("event__organisation")
    page = Paginator(notices, PER_PAGE).get_page(request.GET.get("page"))
    told = queries.told_to(page.object_list)
    newest = told[0].notice.event.at if told else timezone.now()
    context = {"page_obj": page, "told": told, "until": newest.isoformat()}
    return render(request, "notices/index.html", context)


@require_safe
def count(request: HtmxRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return HttpResponse(status=204)  # nothing to show any more, and nothing to change
    return render(request, "notices/bell.html", {"panel": {"unread": queries.unread(request.user)}})


@require_POST
@login_required
def read(request: UserRequest) -> HttpResponse:
    actions.mark_read(by=request.user, until=request.POST.get("until", ""))
    return redirect("notices:index")
