from django.http import HttpResponse
from django.urls import path

app_name = "labs"
def stub(request, *args, **kwargs):
    return HttpResponse("stub")
urlpatterns = [path("index/", stub, name="index"), path("join/", stub, name="join"), path("new/", stub, name="new"), path("detail/<int:pk>/", stub, name="detail"), path("lista.<str:form>", stub, name="list")]
