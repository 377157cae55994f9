from django.urls import path

from taawun.meetings import views

app_name = "meetings"
urlpatterns = [
    path("operations/<int:pk>/meetings/", views.meetings, name="meetings"),
    path("operations/<int:pk>/meetings/committee/", views.committee, name="committee"),
    path("operations/<int:pk>/meetings/surveys/new/", views.survey_new, name="survey-new"),
    path("operations/<int:pk>/meetings/surveys/<int:ref>/", views.survey, name="survey"),
    path("operations/<int:pk>/meetings/surveys/<int:ref>/paper/", views.survey_paper, name="survey-paper"),
    path("operations/<int:pk>/meetings/new/", views.new, name="new"),
    path("operations/<int:pk>/meetings/<int:ref>/", views.edit, name="edit"),
    path("operations/<int:pk>/meetings/<int:ref>/paper/", views.paper, name="paper"),
]
