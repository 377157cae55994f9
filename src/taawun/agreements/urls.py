from django.urls import path

from taawun.agreements import clause_views, register_views, round_views, views

app_name = "agreements"
urlpatterns = [
    path("agreements/", register_views.register, name="register"),
    path("agreements/paper/", register_views.paper, name="register-paper"),
    path("requests/<int:pk>/note-verbale/", views.note_verbale, name="note-verbale"),
    path("requests/<int:pk>/note-verbale/paper/", views.note_verbale_paper, name="note-verbale-paper"),
    path("operations/<int:pk>/agreements/", views.agreements, name="agreements"),
    path(
        "operations/<int:pk>/agreements/record-of-discussions/",
        views.record_of_discussions,
        name="record-of-discussions",
    ),
    path(
        "operations/<int:pk>/agreements/record-of-discussions/paper/",
        views.record_of_discussions_paper,
        name="record-of-discussions-paper",
    ),
    path("operations/<int:pk>/agreements/amendment/", views.amendment, name="amendment"),
    path("operations/<int:pk>/agreements/amendment/text/", views.amendment_text, name="amendment-text"),
    path("operations/<int:pk>/agreements/amendment/sign/", views.amendment_sign, name="amendment-sign"),
    path(
        "operations/<int:pk>/agreements/amendment/withdraw/",
        views.amendment_withdraw,
        name="amendment-withdraw",
    ),
    path(
        "operations/<int:pk>/agreements/amendments/<int:number>/paper/",
        views.amendment_paper,
        name="amendment-paper",
    ),
    path(
        "operations/<int:pk>/agreements/record-of-discussions/changes/",
        views.record_of_discussions_changes,
        name="record-of-discussions-changes",
    ),
    path(
        "operations/<int:pk>/agreements/amendments/<int:number>/changes/",
        views.amendment_changes,
        name="amendment-changes",
    ),
    path("operations/<int:pk>/agreements/texts/send/", round_views.round_send, name="round-send"),
    path("operations/<int:pk>/agreements/texts/<int:number>/", round_views.round_page, name="round"),
    path(
        "operations/<int:pk>/agreements/texts/<int:number>/return/",
        round_views.round_return,
        name="round-return",
    ),
    path(
        "operations/<int:pk>/agreements/texts/<int:number>/decide/",
        round_views.round_decide,
        name="round-decide",
    ),
    path(
        "operations/<int:pk>/agreements/texts/<int:number>/withdraw/",
        round_views.round_withdraw,
        name="round-withdraw",
    ),
    path("settings/<int:pk>/clauses/", clause_views.clauses, name="clauses"),
    path("settings/clauses/<int:pk>/", clause_views.clause_version, name="clause-version"),
    path("settings/<int:pk>/clauses/<slug:instrument>/new/", clause_views.clause_new, name="clause-new"),
    path(
        "settings/<int:pk>/clauses/<slug:instrument>/preview/", clause_views.preview, name="clauses-preview"
    ),
    path("settings/<int:pk>/clauses/<slug:instrument>/<slug:key>/", clause_views.clause, name="clause"),
    path(
        "settings/<int:pk>/clauses/<slug:instrument>/<slug:key>/edit/",
        clause_views.clause_edit,
        name="clause-edit",
    ),
]
