from django.urls import path

from hakapa.moderation import views

app_name = "moderation"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("logg.<str:form>", views.log, name="log"),
    path("anmal/<slug:kind>/<int:pk>/", views.flag, name="flag"),
    path("<int:pk>/", views.case, name="case"),
]
