from django.urls import path

from taawun.batches import views

app_name = "batches"
urlpatterns = [
    path("batches/", views.batches, name="batches"),
    path("batches/sheets/<slug:slug>/", views.sheet, name="sheet"),
    path("batches/sheets/<slug:slug>/<int:pk>/template.xlsx", views.template, name="template"),
    path("batches/<int:pk>/", views.batch, name="batch"),
    path("batches/<int:pk>/preview.xlsx", views.preview, name="preview"),
    path("batches/<int:pk>/apply/", views.apply, name="apply"),
    path("batches/<int:pk>/again/", views.again, name="again"),
    path("batches/<int:pk>/discard/", views.discard, name="discard"),
    path("batches/<int:pk>/undo/", views.undo, name="undo"),
]
