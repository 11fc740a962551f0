from django.urls import path
from django.views.decorators.http import require_safe

from hakapa.commitments.feeds import PromiseFeed
from hakapa.commitments.views import answering, reading

app_name = "commitments"
urlpatterns = [
    path("", reading.index, name="index"),
    path("vantar/", reading.waiting, name="waiting"),
    path("lista.<str:form>", reading.listing, name="list"),
    path("atom.xml", require_safe(PromiseFeed()), name="feed"),
    path("<int:pk>/", reading.detail, name="detail"),
    path("<int:pk>/svara/", answering.answer, name="answer"),
    path("<int:pk>/rapportera/", answering.report, name="report"),
]
