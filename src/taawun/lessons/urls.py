from django.urls import path

from taawun.lessons import views

app_name = "lessons"

urlpatterns = [
    path("lessons/", views.lessons, name="lessons"),
    path("lessons/new/", views.lesson_new, name="new"),
    path("lessons/<int:pk>/", views.lesson, name="lesson"),
    path("lessons/<int:pk>/edit/", views.lesson_edit, name="edit"),
    path("lessons/<int:pk>/analysis/", views.lesson_analysis, name="analysis"),
    path("operations/<int:pk>/lessons/", views.operation_lessons, name="operation"),
    path("operations/<int:pk>/lessons/<int:citation_pk>/", views.answer, name="answer"),
    path("operations/<int:pk>/lessons/<int:citation_pk>/outcome/", views.outcome, name="outcome"),
    path("requests/<int:pk>/similar/", views.similar, name="similar"),
]
