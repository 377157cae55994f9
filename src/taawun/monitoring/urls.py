"""The addresses of monitoring."""

from django.urls import path

from taawun.monitoring import dispute_views, views

app_name = "monitoring"

urlpatterns = [
    path("operations/<int:pk>/monitoring/", views.sheets, name="sheets"),
    path("operations/<int:pk>/monitoring/new/", views.new_sheet, name="new-sheet"),
    path("operations/<int:pk>/monitoring/values/", views.values, name="values"),
    path("operations/<int:pk>/monitoring/<int:number>/", views.sheet, name="sheet"),
    path("operations/<int:pk>/monitoring/<int:number>/edit/", views.edit_sheet, name="edit-sheet"),
    path("operations/<int:pk>/monitoring/<int:number>/confirm/", views.confirm_sheet, name="confirm-sheet"),
    path(
        "operations/<int:pk>/monitoring/<int:number>/confirm/<int:party>/",
        views.confirm_on_paper,
        name="confirm-on-paper",
    ),
    path("operations/<int:pk>/monitoring/<int:number>/paper/", views.sheet_paper, name="sheet-paper"),
    path("operations/<int:pk>/disputes/", dispute_views.disputes, name="disputes"),
    path("operations/<int:pk>/disputes/new/<slug:figure>/", dispute_views.dispute_new, name="dispute-new"),
    path("operations/<int:pk>/disputes/<int:ref>/", dispute_views.dispute, name="dispute"),
    path("operations/<int:pk>/completion/", views.completion, name="completion"),
    path("operations/<int:pk>/completion/edit/", views.edit_completion, name="edit-completion"),
    path("operations/<int:pk>/completion/paper/", views.completion_paper, name="completion-paper"),
]
