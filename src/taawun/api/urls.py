from django.urls import path

from taawun.api import house, views

app_name = "api"
urlpatterns = [
    path("api/", views.about, name="about"),
    path("api/tokens/", views.tokens, name="tokens"),
    path("api/tokens/<int:pk>/", views.token, name="token"),
    path("api/v1/openapi.json", views.openapi, name="openapi"),
    *house.addresses(),
    path("api/v1/<path:rest>", views.nothing, name="nothing"),
]
