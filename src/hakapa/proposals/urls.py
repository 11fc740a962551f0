from django.http import HttpResponse
from django.urls import path

app_name = "proposals"
def stub(request, *args, **kwargs):
    return HttpResponse("stub")
urlpatterns = [path("index/", stub, name="index"), path("detail/<int:pk>/", stub, name="detail"), path("lista.<str:form>", stub, name="list")]
