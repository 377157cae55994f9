from django.urls import path

from taawun.agreements import views

app_name = "agreements"
urlpatterns = [
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
]
