"""A house of its own for these tests: what the frame links to, and nothing that other rooms build."""

from django.http import HttpResponse
from django.urls import include, path


def page(request):
    return HttpResponse("")


urlpatterns = [
    path("", page, name="home"),
    path("desk/", page, name="desk"),
    path("i18n/setlang/", page, name="set_language"),
    path("account/", include("allauth.urls")),
]
