from django.urls import path

from taawun.governance import days_views, views

app_name = "governance"
urlpatterns = [
    path("settings/", views.agencies, name="agencies"),
    path("settings/<int:pk>/", views.settings, name="settings"),
    path("settings/<int:pk>/new/", views.new, name="new"),
    path("settings/<int:pk>/compare/", views.compare, name="compare"),
    path("settings/<int:pk>/days/", days_views.working_days, name="days"),
    path("settings/<int:pk>/days/<int:day_pk>/remove/", days_views.remove_day, name="day-remove"),
    path("settings/versions/<int:pk>/", views.version, name="version"),
    path("settings/<int:pk>/requests/", views.behind, {"sort": "requests"}, name="requests"),
    path("settings/<int:pk>/operations/", views.behind, {"sort": "operations"}, name="operations"),
    path("settings/cases/<slug:kind>/<int:pk>/", views.move, name="move"),
]
