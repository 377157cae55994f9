from django.urls import path

from taawun.governance import days_views, views, word_template_views as word_views

app_name = "governance"
urlpatterns = [
    path("settings/", views.agencies, name="agencies"),
    path("settings/<int:pk>/", views.settings, name="settings"),
    path("settings/<int:pk>/new/", views.new, name="new"),
    path("settings/<int:pk>/compare/", views.compare, name="compare"),
    path("settings/<int:pk>/days/", days_views.working_days, name="days"),
    path("settings/<int:pk>/days/<int:day_pk>/remove/", days_views.remove_day, name="day-remove"),
    path("settings/<int:pk>/word/", word_views.templates, name="word-templates"),
    path("settings/<int:pk>/word/<slug:paper>/<slug:language>/", word_views.template, name="word-template"),
    path("settings/word/<int:pk>/", word_views.version, name="word-template-version"),
    path("settings/versions/<int:pk>/", views.version, name="version"),
    path("settings/<int:pk>/requests/", views.behind, {"sort": "requests"}, name="requests"),
    path("settings/<int:pk>/operations/", views.behind, {"sort": "operations"}, name="operations"),
    path("settings/cases/<slug:kind>/<int:pk>/", views.move, name="move"),
]
