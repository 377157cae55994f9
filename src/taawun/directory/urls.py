from django.urls import path

from taawun.directory import body_views, handover_views, merge_views, views

app_name = "directory"
urlpatterns = [
    path("desk/absence/", views.absence, name="absence"),
    path("desk/absence/posts/<int:pk>/", views.new, name="delegation-new"),
    path("desk/absence/<int:pk>/", views.delegation, name="delegation"),
    path("desk/handover/", handover_views.own, name="handover-own"),
    path("desk/handover/<int:pk>/", handover_views.paper, name="handover"),
    path("desk/people/", handover_views.people, name="people"),
    path("desk/people/<int:pk>/handover/", handover_views.of_another, name="handover-of"),
    path("desk/merges/", merge_views.index, name="merges"),
    path("desk/merges/persons/", merge_views.persons, name="merge-persons"),
    path("desk/merges/organisations/", merge_views.organisations, name="merge-organisations"),
    path("desk/merges/<int:pk>/", merge_views.one, name="merge"),
    path("desk/organisations/", body_views.index, name="organisations"),
    path("desk/organisations/<int:pk>/", body_views.one, name="organisation"),
    path("desk/organisations/marks/<int:pk>/", body_views.mark, name="paper-mark"),
    path("desk/organisations/<int:pk>/on-paper/", body_views.on_paper, name="on-paper"),
]
