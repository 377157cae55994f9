from django.urls import path

from taawun.directory import views

app_name = "directory"
urlpatterns = [
    path("desk/absence/", views.absence, name="absence"),
    path("desk/absence/posts/<int:pk>/", views.new, name="delegation-new"),
    path("desk/absence/<int:pk>/", views.delegation, name="delegation"),
]
