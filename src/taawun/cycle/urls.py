from django.urls import path

from taawun.cycle import opening_views, takeover_views, views

app_name = "cycle"
urlpatterns = [
    path("requests/", views.requests, name="requests"),
    path("requests/new/", views.request_new, name="request-new"),
    path("requests/<int:pk>/", views.request_detail, name="request"),
    path("requests/<int:pk>/edit/<slug:part>/", views.request_part, name="request-part"),
    path("requests/<int:pk>/paper/", views.request_paper, name="request-paper"),
    path("requests/<int:pk>/lot/", views.lot, name="lot"),
    path("requests/<int:pk>/opinions/<int:ref>/", views.opinion, name="opinion"),
    path("requests/<int:pk>/appraisal-note/", views.appraisal_note, name="appraisal-note"),
    path("requests/<int:pk>/timeline/", views.request_timeline, name="request-timeline"),
    path("lots/<int:pk>/paper/", views.lot_paper, name="lot-paper"),
    path("operations/", views.operations, name="operations"),
    path("operations/take-over/", takeover_views.take_over, name="take-over"),
    path("operations/new/", opening_views.operation_new, name="operation-new"),
    path("operations/<int:pk>/report/", opening_views.activity_report, name="activity-report"),
    path("operations/<int:pk>/report/edit/", opening_views.activity_report_edit, name="activity-report-edit"),
    path("operations/<int:pk>/", views.operation_detail, name="operation"),
    path("operations/<int:pk>/parties/", views.parties, name="parties"),
    path("operations/<int:pk>/parties/edit/", views.parties_edit, name="parties-edit"),
    path("operations/<int:pk>/parties/components/<int:component_pk>/", views.component, name="component"),
    path("operations/<int:pk>/people/", views.people, name="people"),
    path("operations/<int:pk>/people/edit/", views.people_edit, name="people-edit"),
    path("operations/<int:pk>/timeline/", views.timeline, name="timeline"),
]
