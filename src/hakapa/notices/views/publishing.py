"""What other programs and other sites show: calendars, and promises in a frame."""

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from hakapa.commitments.queries import Choice
from hakapa.kernel.text import as_id
from hakapa.notices import calendars, queries
from hakapa.notices.models import CalendarAddress

# A frame on anybody's page: no script, no form, nothing from elsewhere.
_FRAME = {
    "default-src": [NONE],
    "script-src": [NONE],
    "style-src": [SELF],
    "img-src": [SELF],
    "font-src": [SELF],
    "connect-src": [NONE],
    "manifest-src": [NONE],
    "form-action": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": ["*"],
}


@require_safe
def calendar(
    request: HttpRequest,  # noqa: ARG001  (Django's signature)
    secret: str,
) -> HttpResponse:
    known = CalendarAddress.objects.select_related("account", "organisation")
    shown = get_object_or_404(known.exclude(account__is_active=False), secret=secret)
    if shown.account:
        dates, name = queries.dates_of_person(shown.account), _("Hakapå: my dates")
    else:
        assert shown.organisation  # noqa: S101  (a constraint of the database says so)
        dates = queries.dates_of_organisation(shown.organisation)
        name = f"Hakapå: {shown.organisation}"
    file = calendars.written(dates, name=name, now=timezone.now())
    headers = {"Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"}
    return HttpResponse(file, "text/calendar; charset=utf-8", headers=headers)


@require_safe
@xframe_options_exempt
@csp_replace(_FRAME)
def promises(request: HttpRequest) -> HttpResponse:
    choice = Choice(
        receiver=as_id(request.GET.get("receiver")),
        challenge=as_id(request.GET.get("challenge")),
        lab=as_id(request.GET.get("lab")),
        proposal=as_id(request.GET.get("proposal")),
    )
    return render(request, "notices/embedded.html", {"commitments": queries.embedded(choice)})
