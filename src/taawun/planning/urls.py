from django.urls import path

from taawun.planning import views

app_name = "planning"

urlpatterns = [
    path("operations/<int:pk>/design/", views.design, name="design"),
    path("operations/<int:pk>/design/edit/<slug:part>/", views.edit, name="edit"),
    path("operations/<int:pk>/design/paper/", views.design_paper, name="design-paper"),
    path("operations/<int:pk>/design/ex-ante/", views.ex_ante, name="ex-ante"),
    path("operations/<int:pk>/design/ex-ante/paper/", views.ex_ante_paper, name="ex-ante-paper"),
    path("operations/<int:pk>/design/versions/<int:number>/", views.version, name="version"),
    path("operations/<int:pk>/design/revision/", views.revision, name="revision"),
    path("operations/<int:pk>/design/revision/adopt/", views.adopt, name="adopt"),
    path("operations/<int:pk>/design/revision/discard/", views.discard, name="discard"),
    path("operations/<int:pk>/design/in-force/", views.put_in_force, name="put-in-force"),
    path("operations/<int:pk>/design/compare/", views.compare, name="compare"),
    path("operations/<int:pk>/design/compare/paper/", views.compare_paper, name="compare-paper"),
    path("operations/<int:pk>/plan/", views.plan, name="plan"),
]
