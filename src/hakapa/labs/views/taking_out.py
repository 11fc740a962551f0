"""What a lab gives away as files: its report, its opinion map, its open data."""

from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hakapa.accounts.http import HtmxRequest
from hakapa.kernel.tables import Table, download
from hakapa.labs import queries
from hakapa.labs.models import OpinionMap
from hakapa.labs.views.reporting import closed


@require_safe
def report(request: HtmxRequest, pk: int, form: str) -> HttpResponse | FileResponse:
    # Imported here: only those who write documents pay for it.
    from hakapa.labs import documents  # noqa: PLC0415

    lab = closed(request, pk)
    if form not in documents.FORMS:
        raise Http404
    file = documents.written(lab, form, site=request.build_absolute_uri("/"))
    name = f"{_('report')}-{slugify(lab.title)[:60]}-{lab.pk}.{form}"
    return FileResponse(file, as_attachment=True, filename=name)


@require_safe
def open_data(request: HtmxRequest, pk: int) -> FileResponse:
    from hakapa.labs.documents import open_data as packing  # noqa: PLC0415  (see above)

    lab = closed(request, pk)
    name = f"{_('open-data')}-{slugify(lab.title)[:60]}-{lab.pk}.zip"
    file = packing.packed(lab, site=request.build_absolute_uri("/"))
    return FileResponse(file, as_attachment=True, filename=name)


@require_safe
def opinion_map(request: HtmxRequest, pk: int, form: str) -> HttpResponse:
    language = "en" if (get_language() or "sv").startswith("en") else "sv"
    found = get_object_or_404(queries.maps_visible_to(request.user), lab=pk)
    if form == "svg":
        return HttpResponse(
            found.told[language]["drawing"],
            content_type="image/svg+xml",
            headers={"Cache-Control": "private, max-age=3600"},
        )
    if form == "json":
        return _document(request, found)
    columns, *rows = found.told[language]["table"]
    return download(Table(_("opinion map"), columns, rows), form)


def _document(request: HtmxRequest, found: OpinionMap) -> JsonResponse:
    """Give the map with its inputs, once the lab is closed: then it can be computed again."""
    closed(request, found.lab_id)
    return JsonResponse(
        {**found.shown, "inputs": found.inputs},
        json_dumps_params={"ensure_ascii": False},
        headers={"Content-Disposition": f'attachment; filename="map-{found.lab_id}.json"'},
    )
