"""Every address of the site: Swedish at /, English at /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from hakapa.config.api import api

urlpatterns = [
    path("api/v1/", api.urls),
    *i18n_patterns(
        path("", include("hakapa.web.urls")),
        path("utmaningar/", include("hakapa.challenges.urls")),
        path("labb/", include("hakapa.labs.urls")),
        path("forslag/", include("hakapa.proposals.urls")),
        path("ataganden/", include("hakapa.commitments.urls")),
        path("organisationer/", include("hakapa.accounts.urls")),
        path("granskning/", include("hakapa.moderation.urls")),
        path("sok/", include("hakapa.search.urls")),
        path("", include("hakapa.notices.urls")),
        path("konto/", include("allauth.account.urls")),
        prefix_default_language=False,
    ),
]
handler400 = "hakapa.web.views.bad_request"
handler403 = "hakapa.web.views.forbidden"
handler404 = "hakapa.web.views.not_found"
handler500 = "hakapa.web.views.server_error"
