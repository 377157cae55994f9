from django.urls import path

from taawun.letters import views

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
]
