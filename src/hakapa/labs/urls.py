from django.urls import path

from hakapa.labs.views import leading, phone, planning, reading, reporting, taking_out

app_name = "labs"
urlpatterns = [
    path("", reading.index, name="index"),
    path("lista.<str:form>", reading.listing, name="list"),
    path("ny/", planning.new, name="new"),
    path("ny/<slug:template>/", planning.plan, name="plan"),
    path("<int:pk>/", reading.detail, name="detail"),
    path("<int:pk>/andra/", planning.change, name="change"),
    path("<int:pk>/mottagare/", planning.invite, name="invite"),
    path("<int:pk>/mottagare/<int:organisation>/ta-bort/", planning.uninvite, name="uninvite"),
    path("<int:pk>/oppna/", planning.publish, name="publish"),
    path("<int:pk>/stall-in/", planning.cancel, name="cancel"),
    path("<int:pk>/led/", leading.lead, name="lead"),
    path("<int:pk>/led/borja/", leading.start, name="start"),
    path("<int:pk>/led/steg/", leading.step, name="step"),
    path("<int:pk>/led/stang/", leading.close, name="close"),
    path("<int:pk>/led/ateruppta/", leading.resume, name="resume"),
    path("<int:pk>/inlagg/<int:contribution>/dolj/", leading.hide, name="hide"),
    path("<int:pk>/inlagg/<int:contribution>/visa/", leading.unhide, name="unhide"),
    path("<int:pk>/projektor/", leading.projector, name="projector"),
    path("<int:pk>/rapport/", reporting.report, name="report"),
    path("<int:pk>/rapport/pastaenden.<str:form>", reporting.statements, name="statements"),
    path("<int:pk>/rapport/inlagg.<str:form>", reporting.contributions, name="contributions"),
    path("<int:pk>/rapport/rapport.<str:form>", taking_out.report, name="report_file"),
    path("<int:pk>/rapport/oppna-data.zip", taking_out.open_data, name="open_data"),
    path("<int:pk>/karta.<str:form>", taking_out.opinion_map, name="map"),
    path("med/", phone.join, name="join"),
    path("med/<str:code>/", phone.enter, name="enter"),
    path("med/<str:code>/skriv/", phone.write, name="write"),
    path("med/<str:code>/skriv/<int:contribution>/ta-tillbaka/", phone.take_back, name="take_back"),
    path("med/<str:code>/rosta/", phone.vote, name="vote"),
]
