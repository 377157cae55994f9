from django.urls import path

from taawun.interchange import views

app_name = "interchange"
urlpatterns = [
    path("published/", views.published, name="published"),
    path("published/<int:pk>/", views.activity, name="activity"),
    path("published/<int:pk>/original.xml", views.original, name="original"),
    path("published/loads/", views.loads, name="loads"),
    path("published/loads/<int:pk>/", views.load, name="load"),
    path("published/loads/<int:pk>/undo/", views.undo, name="undo"),
]
