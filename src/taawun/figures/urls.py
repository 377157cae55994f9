from django.urls import path

from taawun.figures import views

app_name = "figures"
urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/rates/", views.rates, name="rates"),
    path("figures/rates/<int:pk>/", views.rate, name="rate"),
    path("figures/<slug:slug>/", views.figure, name="figure"),
    path("figures/<slug:slug>/paper/", views.figure_paper, name="figure-paper"),
]
