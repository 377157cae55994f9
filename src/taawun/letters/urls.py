from django.urls import path

from taawun.letters.views import letters as views, questions

app_name = "letters"
urlpatterns = [
    path("letters/", views.letters, name="letters"),
    path("letters/paper/", views.paper, name="paper"),
    path("letters/registers/<int:pk>/new/", views.new, name="new"),
    path("letters/<int:pk>/", views.letter, name="letter"),
    path("letters/<int:pk>/edit/", views.edit, name="edit"),
    path("letters/<int:pk>/strike/", views.strike, name="strike"),
    path("letters/<int:pk>/take-in/", views.take_in, name="take-in"),
    path("operations/<int:pk>/letters/", views.of_operation, name="operation"),
    path("operations/<int:pk>/letters/new/", views.new_of_operation, name="operation-new"),
    path("requests/<int:pk>/letters/", views.of_request, name="request"),
    path("requests/<int:pk>/letters/new/", views.new_of_request, name="request-new"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("questions/<int:pk>/answer/", questions.answer, name="answer"),
    path("questions/<int:pk>/withdraw/", questions.withdraw, name="withdraw"),
    path("questions/<int:pk>/more-time/", questions.more_time, name="more-time"),
    path("questions/<int:pk>/more-time/settle/", questions.settle, name="settle-more-time"),
    path("questions/<int:pk>/read/", questions.read, name="read"),
    path("operations/<int:pk>/questions/", questions.of_operation, name="operation-questions"),
    path("operations/<int:pk>/questions/new/", questions.ask_on_operation, name="operation-ask"),
    path("requests/<int:pk>/questions/", questions.of_request, name="request-questions"),
    path("requests/<int:pk>/questions/new/", questions.ask_on_request, name="request-ask"),
]
