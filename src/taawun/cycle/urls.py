from django.urls import path

from taawun.cycle.mission_letters import mission_letter
from taawun.cycle.views import lots, many, opening, operations, requests, taking_over

app_name = "cycle"
urlpatterns = [
    path("requests/", requests.requests, name="requests"),
    path("requests/new/", requests.request_new, name="request-new"),
    path("requests/<int:pk>/", requests.request_detail, name="request"),
    path("requests/<int:pk>/edit/<slug:part>/", requests.request_part, name="request-part"),
    path("requests/<int:pk>/paper/", requests.request_paper, name="request-paper"),
    path("requests/<int:pk>/lot/", lots.lot, name="lot"),
    path("requests/<int:pk>/opinions/<int:ref>/", requests.opinion, name="opinion"),
    path("requests/<int:pk>/appraisal-note/", requests.appraisal_note, name="appraisal-note"),
    path("requests/<int:pk>/timeline/", requests.request_timeline, name="request-timeline"),
    path("lots/<int:pk>/paper/", lots.lot_paper, name="lot-paper"),
    path("documents/many/", many.kinds, name="many"),
    path("documents/many/<slug:kind>/", many.choose, name="many-kind"),
    path("operations/", operations.operations, name="operations"),
    path("operations/take-over/", taking_over.take_over, name="take-over"),
    path("operations/new/", opening.operation_new, name="operation-new"),
    path("operations/<int:pk>/people/<int:ref>/mission-letter/paper/", mission_letter, name="mission-letter"),
    path("operations/<int:pk>/report/", opening.activity_report, name="activity-report"),
    path("operations/<int:pk>/report/edit/", opening.activity_report_edit, name="activity-report-edit"),
    path("operations/<int:pk>/", operations.operation_detail, name="operation"),
    path("operations/<int:pk>/parties/", operations.parties, name="parties"),
    path("operations/<int:pk>/parties/edit/", operations.parties_edit, name="parties-edit"),
    path(
        "operations/<int:pk>/parties/components/<int:component_pk>/", operations.component, name="component"
    ),
    path("operations/<int:pk>/people/", operations.people, name="people"),
    path("operations/<int:pk>/people/edit/", operations.people_edit, name="people-edit"),
    path("operations/<int:pk>/timeline/", operations.timeline, name="timeline"),
]
