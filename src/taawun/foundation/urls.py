from django.urls import path

from taawun.foundation import job_views, views

urlpatterns = [
    path("language/", views.set_language, name="set_language"),
    path("workflows/<slug:slug>/", views.workflow, name="workflow"),
    path("cases/<slug:kind>/<int:pk>/steps/<slug:name>/", views.step, name="step"),
    path("cases/<slug:kind>/<int:pk>/take-back/", views.take_back, name="take-back"),
    path("jobs/", job_views.jobs, name="jobs"),
    path("jobs/<int:pk>/", job_views.job, name="job"),
    path("jobs/<int:pk>/cancel/", job_views.cancel, name="job-cancel"),
    path("jobs/<int:pk>/go-on/", job_views.go_on, name="job-go-on"),
    path("demo/clock/", views.set_clock, name="set-clock"),
    path("demo/sign-in/<str:token>/", views.demo_sign_in, name="demo-sign-in"),
]
