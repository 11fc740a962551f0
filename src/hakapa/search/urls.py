from django.urls import path

from hakapa.search import views

app_name = "search"
urlpatterns = [
    path("", views.search, name="search"),
]
