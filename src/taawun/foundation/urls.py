from django.urls import path

from taawun.foundation import views

urlpatterns = [
    path("language/", views.set_language, name="set_language"),
    path("workflows/<slug:slug>/", views.workflow, name="workflow"),
    path("cases/<slug:kind>/<int:pk>/steps/<slug:name>/", views.step, name="step"),
    path("cases/<slug:kind>/<int:pk>/take-back/", views.take_back, name="take-back"),
    path("demo/clock/", views.set_clock, name="set-clock"),
    path("demo/sign-in/<str:token>/", views.demo_sign_in, name="demo-sign-in"),
]
