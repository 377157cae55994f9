"""The addresses of evaluation."""

from django.urls import path

from taawun.evaluation import views

app_name = "evaluation"

urlpatterns = [
    path("ratings/", views.rule_sets, name="rule-sets"),
    path("operations/<int:pk>/evaluation/", views.evaluation, name="evaluation"),
    path("operations/<int:pk>/evaluation/evaluator/", views.name_evaluator, name="name-evaluator"),
    path("operations/<int:pk>/evaluation/edit/", views.edit_evaluation, name="edit"),
    path("operations/<int:pk>/evaluation/recommendations/<int:ref>/", views.answer, name="answer"),
    path("operations/<int:pk>/evaluation/paper/", views.paper, name="paper"),
]
