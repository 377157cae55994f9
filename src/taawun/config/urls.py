"""The addresses of the whole house."""

from django.urls import include, path

urlpatterns = [
    path("", include("taawun.workspace.urls")),
    path("", include("taawun.foundation.urls")),
    path("", include("taawun.cycle.urls")),
    path("", include("taawun.lessons.urls")),
    path("", include("taawun.meetings.urls")),
    path("", include("taawun.planning.urls")),
    path("", include("taawun.agreements.urls")),
    path("", include("taawun.monitoring.urls")),
    path("", include("taawun.evaluation.urls")),
    path("", include("taawun.papers.urls")),
    path("account/", include("allauth.urls")),
]
