from django.urls import path

from hakapa.web import views

app_name = "web"
urlpatterns = [
    path("", views.start, name="start"),
    path("om/", views.about, name="about"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("integritet/", views.privacy, name="privacy"),
    path("oppna-data/", views.open_data, name="open_data"),
]
