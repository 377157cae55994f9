from django.urls import path

from taawun.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.index, name="index"),
    path("desk/notices/", views.choice, name="choice"),
]
