from django.urls import path

from hakapa.proposals.views import moving, reading, writing

app_name = "proposals"
urlpatterns = [
    path("", reading.index, name="index"),
    path("nytt/", writing.new, name="new"),
    path("lista.<str:form>", reading.listing, name="list"),
    path("<int:pk>/", reading.detail, name="detail"),
    path("<int:pk>/ursprung/", reading.lineage, name="lineage"),
    path("<int:pk>/forbattra/", writing.improve, name="improve"),
    path("<int:pk>/ordalydelser/", reading.wordings, name="wordings"),
    path("<int:pk>/ordalydelser/<int:wording>/aterstall/", writing.restore, name="restore"),
    path("<int:pk>/sla-ihop/", moving.merge, name="merge"),
    path("<int:pk>/ta-isar/", moving.split, name="split"),
    path("<int:pk>/dra-tillbaka/", moving.withdraw, name="withdraw"),
    path("<int:pk>/ateroppna/", moving.reopen, name="reopen"),
]
