"""The addresses of the whole house: each room adds its own."""

from django.apps import apps
from django.urls import include, path

ROOMS = (
    "workspace",
    "foundation",
    "directory",
    "batches",
    "cycle",
    "letters",
    "governance",
    "lessons",
    "meetings",
    "planning",
    "agreements",
    "monitoring",
    "evaluation",
    "papers",
)

urlpatterns = [
    *(path("", include(f"taawun.{room}.urls")) for room in ROOMS if apps.is_installed(f"taawun.{room}")),
    path("account/", include("allauth.urls")),
]
