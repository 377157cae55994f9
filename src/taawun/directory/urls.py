from django.urls import path

from taawun.directory import handover_views, views

app_name = "directory"
urlpatterns = [
    path("desk/absence/", views.absence, name="absence"),
    path("desk/absence/posts/<int:pk>/", views.new, name="delegation-new"),
    path("desk/absence/<int:pk>/", views.delegation, name="delegation"),
    path("desk/handover/", handover_views.own, name="handover-own"),
    path("desk/handover/<int:pk>/", handover_views.paper, name="handover"),
    path("desk/people/", handover_views.people, name="people"),
    path("desk/people/<int:pk>/handover/", handover_views.of_another, name="handover-of"),
]
