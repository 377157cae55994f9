from django.urls import path

from taawun.meetings import views

app_name = "meetings"
urlpatterns = [
    path("operations/<int:pk>/meetings/", views.meetings, name="meetings"),
    path("operations/<int:pk>/meetings/committee/", views.committee, name="committee"),
    path("operations/<int:pk>/meetings/new/", views.new, name="new"),
    path("operations/<int:pk>/meetings/<int:ref>/", views.edit, name="edit"),
    path("operations/<int:pk>/meetings/<int:ref>/paper/", views.paper, name="paper"),
]
