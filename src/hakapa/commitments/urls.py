from django.urls import path
from django.views.decorators.http import require_safe

from hakapa.commitments.feeds import PromiseFeed
from hakapa.commitments.views import answering, desk, picturing, reading, records, verifying

app_name = "commitments"
urlpatterns = [
    path("", reading.index, name="index"),
    path("vantar/", desk.waiting, name="waiting"),
    path("lista.<str:form>", reading.listing, name="list"),
    path("atom.xml", require_safe(PromiseFeed()), name="feed"),
    path("redovisning/", records.network, name="records"),
    path("redovisning.<str:form>", records.listing, name="records_list"),
    path("redovisning/kvartal.<str:form>", records.quarterly, name="quarters"),
    path("redovisning/<int:pk>/", records.organisation, name="record"),
    path("redovisning/<int:pk>/<int:year>/", records.statement, name="statement"),
    path("redovisning/<int:pk>/<int:year>.pdf", records.statement_pdf, name="statement_pdf"),
    path("hande-det/<str:token>/", verifying.verify, name="verify"),
    path("<int:pk>/", reading.detail, name="detail"),
    path("bilder/<int:pk>.jpg", picturing.picture, name="picture"),
    path("bilder/<int:pk>/ta-bort/", picturing.remove, name="remove_picture"),
    path("rapporter/<int:pk>/bild/", picturing.add, name="add_picture"),
    path("<int:pk>/svara/", answering.answer, name="answer"),
    path("<int:pk>/rapportera/", answering.report, name="report"),
    path("<int:pk>/lamna-over/", desk.hand_over, name="hand_over"),
    path("<int:pk>/flytta-datum/", desk.change_date, name="change_date"),
]
