"""The site's addresses and two more, of pages that break."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import SuspiciousOperation
from django.urls import path

from hakapa.config import urls
from hakapa.config.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def breaks(request):
    raise RuntimeError("gick sönder")


def suspects(request):
    raise SuspiciousOperation("misstänkt")


urlpatterns = [
    *i18n_patterns(
        path("sonder/", breaks), path("misstankt/", suspects), prefix_default_language=False
    ),
    *urls.urlpatterns,
]
