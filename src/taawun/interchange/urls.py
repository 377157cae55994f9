from django.urls import path

from taawun.interchange import sending_views, taking_views, views

app_name = "interchange"
urlpatterns = [
    path("published/", views.published, name="published"),
    path("published/<int:pk>/", views.activity, name="activity"),
    path("published/<int:pk>/original.xml", views.original, name="original"),
    path("published/<int:pk>/take-over/", taking_views.take_over, name="take-over"),
    path("operations/<int:pk>/publication/", taking_views.taken, name="taken"),
    path("operations/<int:pk>/publication/text.xml", taking_views.text, name="taken-text"),
    path("operations/<int:pk>/publication/undo/", taking_views.undo, name="undo-taking"),
    path("published/loads/", views.loads, name="loads"),
    path("published/loads/new/", sending_views.send, name="send"),
    path("published/loads/sent/", sending_views.sendings, name="sendings"),
    path("published/loads/sent/<int:pk>/", sending_views.sending, name="sending"),
    path("published/loads/sent/<int:pk>/again/", sending_views.again, name="again"),
    path("published/loads/<int:pk>/", views.load, name="load"),
    path("published/loads/<int:pk>/apply/", sending_views.apply, name="apply"),
    path("published/loads/<int:pk>/discard/", sending_views.discard, name="discard"),
    path("published/loads/<int:pk>/undo/", views.undo, name="undo"),
]
