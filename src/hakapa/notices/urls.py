from django.urls import path

from hakapa.notices.views import bell, choosing, following, outward, publishing

app_name = "notices"
urlpatterns = [
    path("notiser/", bell.index, name="index"),
    path("notiser/klocka/", bell.count, name="count"),
    path("notiser/lasta/", bell.read, name="read"),
    path("notiser/val/", choosing.mine, name="choose"),
    path("notiser/val/kommer-fram/", choosing.receive_again, name="receive_again"),
    path("notiser/val/<int:pk>/sluta/", choosing.unfollow, name="unfollow"),
    path("notiser/folj/<slug:slug>/<int:pk>/", following.follow, name="follow"),
    path("notiser/post/<str:signed>/", choosing.by_mail, name="choose_by_mail"),
    path(
        "notiser/post/<str:signed>/<int:pk>/sluta/",
        choosing.unfollow_by_mail,
        name="unfollow_by_mail",
    ),
    path("notiser/bekrafta/<str:signed>/", following.confirm, name="confirm"),
    path("notiser/avsluta/<str:signed>/", following.stop, name="stop"),
    path("notiser/kalender/", outward.my_calendar, name="my_calendar"),
    path("notiser/ut/<int:pk>/", outward.organisation, name="outward"),
    path("notiser/ut/<int:pk>/kalender/", outward.calendar, name="calendar_of"),
    path("notiser/krok/<int:pk>/", outward.webhook, name="webhook"),
    path("notiser/krok/<int:pk>/prova/", outward.probe, name="probe"),
    path("notiser/krok/<int:pk>/starta/", outward.enable, name="enable"),
    path("notiser/krok/<int:pk>/ta-bort/", outward.drop, name="drop"),
    path("kalender/<str:secret>.ics", publishing.calendar, name="calendar"),
    path("badda-in/ataganden/", publishing.promises, name="embedded"),
]
