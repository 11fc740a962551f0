from django.urls import path

from hakapa.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.index, name="index"),
    path("lista.<str:form>", views.listing, name="list"),
    path("ny/", views.new, name="new"),
    path("jag/", views.me, name="me"),
    path("jag/uppgifter.json", views.my_data, name="my_data"),
    path("jag/ta-bort/", views.erase, name="erase"),
    path("<int:pk>/", views.organisation, name="organisation"),
    path("<int:pk>/medarbetare/", views.members, name="members"),
    path("<int:pk>/medarbetare/<int:membership>/avsluta/", views.dismiss, name="dismiss"),
]
