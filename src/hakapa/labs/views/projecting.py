from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hakapa.accounts.http import HtmxRequest
from hakapa.kernel.text import as_id
from hakapa.labs import queries, screens
from hakapa.labs.qr import way_in


@require_safe
def projector(request: HtmxRequest, pk: int) -> HttpResponse:
    lab = get_object_or_404(queries.visible_to(request.user), pk=pk)
    number = as_id(request.GET.get("rum"))
    room = get_object_or_404(lab.rooms, pk=number) if number else None
    context = {
        **screens.projector.shown(lab),
        "room": room,
        "way": way_in(request, lab, room),
        "stream": screens.stream(lab, "projector", request.user),
    }
    return render(request, "labs/projector.html", context)
