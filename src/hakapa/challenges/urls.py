from django.urls import path
from django.views.decorators.http import require_safe

from hakapa.challenges.feeds import ChallengeFeed
from hakapa.challenges.views import moving, reading, writing

app_name = "challenges"
urlpatterns = [
    path("", reading.index, name="index"),
    path("ny/", writing.new, name="new"),
    path("liknande/", reading.similar, name="similar"),
    path("lista.<str:form>", reading.listing, name="list"),
    path("atom.xml", require_safe(ChallengeFeed()), name="feed"),
    path("<int:pk>/", reading.detail, name="detail"),
    path("<int:pk>/forbattra/", writing.improve, name="improve"),
    path("<int:pk>/ordalydelser/", reading.wordings, name="wordings"),
    path("<int:pk>/ordalydelser/<int:wording>/aterstall/", writing.restore, name="restore"),
    path("<int:pk>/mal/", writing.goal, name="goal"),
    path("<int:pk>/matvarde/", writing.measure, name="measure"),
    path("<int:pk>/oppna/", moving.publish, name="publish"),
    path("<int:pk>/stang/", moving.close, name="close"),
    path("<int:pk>/ateroppna/", moving.reopen, name="reopen"),
    path("<int:pk>/vi-ocksa/", moving.share, name="share"),
    path("<int:pk>/vi-ocksa/<int:organisation>/ta-bort/", moving.unshare, name="unshare"),
]
