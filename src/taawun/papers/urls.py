from django.urls import path

from taawun.papers import views

app_name = "papers"
urlpatterns = [path("files/<int:pk>/", views.file, name="file")]
